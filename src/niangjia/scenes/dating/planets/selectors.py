"""Reading planets: what there is and what is said. Blocks and colleagues hold in every list and every number."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from niangjia.core import prepared
from niangjia.core.orgs.models import Employer, Org
from niangjia.scenes.dating import cursors
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.planets.errors import no_planet, no_post
from niangjia.scenes.dating.planets.models import Meetup, Planet, Post, PostPhoto, Topic
from niangjia.scenes.dating.planets.types import MOST_REPLIES, PAGE, Home, Page, Params, Said
from niangjia.scenes.dating.policies import Sight
from niangjia.scenes.dating.selectors.people import profile_of
from niangjia.scenes.dating.steps import MOST, step_of

_HOMES = f"""
SELECT w.id, w.hobby, w.title, w.about,
       EXISTS (SELECT FROM dating_planets_joining j WHERE j.planet_id = w.id AND j.profile_id = %(me)s),
       (SELECT count(*) FROM (SELECT FROM dating_planets_joining j JOIN dating_profile p ON p.id = j.profile_id
                               WHERE j.planet_id = w.id AND (p.id = %(me)s OR ({{rule}})) LIMIT {MOST}) n),
       w.closed_at IS NOT NULL
  FROM dating_planets_planet w JOIN orgs_org o ON o.id = w.org_id
 WHERE %(path)s::text LIKE o.path || '%%' AND {{which}}
 ORDER BY w.hobby = ANY (%(hobbies)s::text[]) DESC, w.made_at DESC, w.id
"""  # noqa: S608  # our own text
# One's own are read whatever became of them; of the others what is shown, by people whose words one may read.
_READABLE = "(b.author_id = %(me)s OR (b.state = 'shown' AND {rule}))"
_POSTS = """
SELECT b.id, b.planet_id, b.author_id, CASE WHEN {meet} THEN p.id END, p.nickname, b.state, b.at, b.topic_id,
       (SELECT count(*) FROM (SELECT FROM dating_planets_post r JOIN dating_profile q ON q.id = r.author_id
                               WHERE r.parent_id = b.id AND (r.author_id = %(me)s OR (r.state = 'shown' AND {rule_q}))
                               LIMIT {most}) n),
       EXISTS (SELECT FROM dating_planets_metoo m WHERE m.post_id = b.id AND m.profile_id = %(me)s),
       CASE WHEN b.author_id = %(me)s THEN
            (SELECT count(*) FROM dating_planets_metoo m JOIN dating_profile q ON q.id = m.profile_id
              WHERE m.post_id = b.id AND {rule_q}) END
  FROM dating_planets_post b JOIN dating_profile p ON p.id = b.author_id
  LEFT JOIN dating_planets_post above ON above.id = b.parent_id
 WHERE {readable} AND {where} ORDER BY {order} LIMIT %(size)s
"""


def homes_of(me: Profile, now: datetime, *, planet_id: UUID | None = None) -> list[Home]:
    """Planets of my union and those above it, around my hobbies first. Two queries."""
    rule = Sight(me, now).sql("company")
    which = "w.id = %(planet)s" if planet_id else "w.closed_at IS NULL"
    params: Params = {**rule.params, "path": _path_of(me), "hobbies": list(me.hobbies), "planet": planet_id}
    sql = _HOMES.replace("{rule}", rule.sql).replace("{which}", which)
    rows = prepared.fetch_all(sql, params)
    return [
        Home(id=key, hobby=hobby, title=title, about=about, joined=joined, members=step_of(count), closed=closed)
        for key, hobby, title, about, joined, count, closed in rows
    ]


def _path_of(me: Profile) -> str:
    """Of the union responsible for where I work; whoever has none finds what the whole house opened."""
    if me.employer_id is None:
        return str(Org.objects.filter(depth=1).order_by("path").values_list("path", flat=True).first() or "")
    return str(Employer.objects.values_list("org__path", flat=True).get(pk=me.employer_id))


def home(me: Profile, planet_id: UUID, now: datetime) -> Home:
    found = homes_of(me, now, planet_id=planet_id)
    if not found:
        raise no_planet()
    return found[0]


def topics_of(planet_id: UUID) -> list[Topic]:
    return list(Topic.objects.filter(planet=planet_id, closed_at=None).order_by("-made_at", "pk"))


def posts(me: Profile, planet_id: UUID, topic: UUID | None, cursor: str | None, now: datetime) -> Page:
    """The latest first, in three queries."""
    kind = f"posts-{planet_id}-{topic or ''}"
    where = "b.planet_id = %(planet)s AND b.parent_id IS NULL"
    params: Params = {"planet": planet_id}
    if topic:
        where, params = where + " AND b.topic_id = %(topic)s", {**params, "topic": topic}
    after = cursors.read(kind, cursor)
    if after:
        where += " AND (b.at, b.id) < (%(at)s::timestamptz, %(last)s::uuid)"
        params = {**params, "at": datetime.fromisoformat(after[0]), "last": UUID(after[1])}
    rows = _read(me, where, params, now, order="b.at DESC, b.id DESC", size=PAGE + 1)
    more = cursors.write(kind, rows[PAGE - 1].at, rows[PAGE - 1].id) if len(rows) > PAGE else None
    return Page(rows[:PAGE], more)


def thread(me: Profile, post_id: UUID, now: datetime) -> tuple[Said, list[Said]]:
    """A post and what was replied. Under a post that I may not read there is nothing to be read either."""
    top = one(me, post_id, now)
    given = {"post": post_id}
    return top, _read(me, "b.parent_id = %(post)s", given, now, order="b.at, b.id", size=MOST_REPLIES)


def one(me: Profile, post_id: UUID, now: datetime) -> Said:
    """One post or reply that I may read; NotFound for any other."""
    found = _read(me, "b.id = %(post)s", {"post": post_id}, now, order="b.at", size=1)
    if not found:
        raise no_post()
    return found[0]


def mine(me: Profile, now: datetime) -> list[Said]:
    """What I said, the latest first, also what waits or was taken down."""
    return _read(me, "b.author_id = %(me)s", {}, now, order="b.at DESC, b.id DESC", size=100)


_ABOVE = "(b.parent_id IS NULL OR above.author_id = %(me)s OR (above.state = 'shown' AND {above}))"


def _read(me: Profile, where: str, params: Mapping[str, Any], now: datetime, *, order: str, size: int) -> list[Said]:
    sight = Sight(me, now)
    rule, rule_q, meet = sight.sql("company"), sight.sql("company", p="q"), sight.sql("meet")
    above = f"EXISTS (SELECT FROM dating_profile q WHERE q.id = above.author_id AND {rule_q.sql})"
    sql = _POSTS
    for name, text in (
        ("{where}", f"{_ABOVE} AND {where}"),
        ("{above}", above),
        ("{readable}", _READABLE),
        ("{rule_q}", rule_q.sql),
        ("{rule}", rule.sql),
        ("{meet}", meet.sql),
        ("{order}", order),
        ("{most}", str(MOST_REPLIES)),
    ):
        sql = sql.replace(name, text)
    rows = prepared.fetch_all(sql, {**meet.params, **params, "size": size})
    return _with_words(me, rows)


def _with_words(me: Profile, rows: Sequence[tuple[Any, ...]]) -> list[Said]:
    """Texts are unsealed by the model; pictures come for the whole page at once."""
    ids = [row[0] for row in rows]
    texts = {row.pk: row.text for row in Post.objects.filter(pk__in=ids).only("text")} if ids else {}
    pictures: dict[UUID, list[UUID]] = {}
    if ids:
        of_posts = PostPhoto.objects.filter(post__in=ids).order_by("post", "place").values_list("post_id", "photo_id")
        for post_id, photo_id in of_posts:
            pictures.setdefault(post_id, []).append(photo_id)
    return [
        Said(
            id=key,
            planet=planet,
            author=author,
            mine=author == me.pk,
            profile=profile,
            nickname=nickname,
            state=state,
            at=at,
            topic=topic,
            replies=replies,
            marked=marked,
            marks=marks,
            text=texts[key],
            photos=tuple(pictures.get(key, ())),
        )
        for key, planet, author, profile, nickname, state, at, topic, replies, marked, marks in rows
    ]


def planet_of(planet_id: UUID) -> Planet:
    found = Planet.objects.filter(pk=planet_id).select_related("org").first()
    if found is None:
        raise no_planet()
    return found


def export(person_id: UUID) -> Mapping[str, Any]:
    me = profile_of(person_id)
    if me is None:
        return {"posts": [], "meetups": []}
    said = Post.objects.filter(author=me).order_by("at", "pk").select_related("planet")
    ideas = Meetup.objects.filter(proposer=me).order_by("starts_at", "pk")
    return {
        "posts": [{"planet": row.planet.title, "text": row.text, "at": row.at, "state": row.state} for row in said],
        "meetups": [{"title": row.title, "about": row.about, "at": row.starts_at, "state": row.state} for row in ideas],
    }
