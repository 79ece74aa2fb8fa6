"""Whom somebody sees: the pages of the two lists, one profile, those they said yes to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.core import prepared
from niangjia.kernel.errors import Conflict, Forbidden, NotFound
from niangjia.scenes.dating import cursors
from niangjia.scenes.dating.models import Profile, ProfilePhoto, Visibility
from niangjia.scenes.dating.policies import PAIRED, Sight, conditions, stands
from niangjia.scenes.dating.selectors.tiers import STAYED_AWAY, UPHELD
from niangjia.scenes.dating.types import PAGE, Filters, Seen


@dataclass(frozen=True)
class Page:
    rows: list[Seen]
    next: str | None
    for_you: bool = False


_FIELDS = [field.attname for field in Profile._meta.concrete_fields]
_OWN = f"SELECT {', '.join(_FIELDS)} FROM dating_profile WHERE person_id = %s"  # noqa: S608  # names of our own columns


def profile_of(person_id: UUID) -> Profile | None:
    """One's own profile. By hand, as every request of dating begins with it."""
    row = prepared.fetch_one(_OWN, [person_id])
    return Profile.from_db(None, _FIELDS, row) if row else None


def own(person_id: UUID) -> Profile:
    """One's own profile; raises NotFound with what to do before there is one."""
    found = profile_of(person_id)
    if found is None:
        raise NotFound(
            _("You have no dating profile yet."), code="no_profile", next_step=_("Fill in a few lines about yourself.")
        )
    return found


def member(person_id: UUID, now: datetime) -> Profile:
    """One's own profile, which stands; raises Forbidden with what is missing otherwise."""
    me = own(person_id)
    if me.barred_until is not None and me.barred_until > now:
        raise Forbidden(
            _("Your profile rests after a decision about it."),
            code="restricted",
            next_step=_("Open the decision to read why, until when, and how to appeal."),
        )
    if not stands(me, now):
        raise Forbidden(
            _("Only verified singles see verified singles."),
            code="not_verified",
            next_step=_("Complete your three verifications: real person, employer, single."),
        )
    return me


def seeker(person_id: UUID, now: datetime) -> Profile:
    """A member who does not take a break."""
    me = member(person_id, now)
    if me.visibility == Visibility.PAUSED:
        raise Conflict(
            _("You are taking a break."), code="paused", next_step=_("Come back whenever you like: one tap is enough.")
        )
    return me


_COLUMNS = ", ".join(f"p.{'id' if name == 'pk' else name}" for name in Seen._fields[: Seen._fields.index("mutual")])
_SAID = f"""
SELECT {_COLUMNS}, {PAIRED.format(p="p")} AS mutual,
       EXISTS (SELECT FROM dating_decision d
                WHERE d.chooser_id = %(me)s AND d.chosen_id = p.id AND d.said = 'yes') AS yes,
       (SELECT f.photo_id FROM dating_profilephoto f WHERE f.profile_id = p.id AND NOT f.waits
         ORDER BY f.place LIMIT 1) AS face,
       NOT {UPHELD.format(p="p")} AND NOT {STAYED_AWAY.format(p="p")} AS steady
"""  # noqa: S608  # names of our own columns
_WIDTH = len(Seen._fields) - 1
_PLAIN = " FROM dating_profile p WHERE {rule} AND {where}"
LOCKED = _PLAIN + " FOR KEY SHARE OF p"


def read(
    me: Profile, action: str, now: datetime, *, where: str, tail: str = _PLAIN, more: str = "", **params: Any
) -> list[Seen]:
    """Profiles that `me` may see for `action` and that meet `where`, as `me` sees them; `more` fills their `place`."""
    rule = Sight(me, now).sql(action)
    sql = _SAID + more + tail.replace("{rule}", rule.sql).replace("{where}", where)
    rows = prepared.fetch_all(sql, {**rule.params, **params})
    return [Seen._make((*row[:_WIDTH], row[_WIDTH:])) for row in rows]


def one(me: Profile, profile_id: UUID, now: datetime, *, tail: str = _PLAIN, more: str = "") -> Seen:
    """One profile open to me, or NotFound: gone, blocked, paused, a colleague or never there all look the same."""
    found = read(me, "open", now, where="p.id = %(id)s", tail=tail, more=more, id=profile_id)
    if not found:
        raise gone()
    return found[0]


def gone() -> NotFound:
    return NotFound(_("This profile cannot be seen any more."), next_step=_("Many others are waiting; look around."))


NOT_PASSED = """
NOT EXISTS (SELECT FROM dating_decision d WHERE d.chooser_id = %(me)s AND d.chosen_id = p.id AND d.said = 'pass')
"""
_IN_ORDER = """
  FROM dating_profile p
 WHERE {rule} AND {passed} AND {where}
 ORDER BY p.{by} DESC, p.turn DESC LIMIT %(size)s
""".replace("{passed}", NOT_PASSED)
# For each hobby its shelf is read in order until a page is full: as much work for a million people as for a thousand.
_BY_HOBBY = """
  FROM (SELECT DISTINCT one.day, one.turn, one.id
          FROM unnest(%(hobbies)s::text[]) AS h (code)
         CROSS JOIN LATERAL (
               SELECT s.{by} AS day, s.turn, s.profile_id AS id
                 FROM dating_shelf s JOIN dating_profile p ON p.id = s.profile_id
                WHERE s.sex = %(sex)s AND s.hobby = h.code AND {where} AND {rule} AND {passed}
                ORDER BY s.{by} DESC, s.turn DESC LIMIT %(size)s) one
         ORDER BY one.day DESC, one.turn DESC LIMIT %(size)s) found
  JOIN dating_profile p ON p.id = found.id
 ORDER BY found.day DESC, found.turn DESC
""".replace("{passed}", NOT_PASSED)
# Where districts are asked for, each has shelves of its own, or a small one would be sought among all the others.
_LOCAL_BY_HOBBY = _BY_HOBBY.replace(
    "AS h (code)", "AS h (code) CROSS JOIN unnest(%(districts)s::text[]) AS d (code)"
).replace("s.hobby = h.code", "s.hobby = h.code AND s.district = d.code")
_MOST_SHELVES = 60


def browse(
    me: Profile,
    filters: Filters,
    cursor: str | None,
    now: datetime,
    *,
    without: Sequence[UUID] = (),
    size: int = PAGE,
) -> Page:
    """One page in the order wished for, in one query. Whom I passed does not come again, nor those of `without`."""
    by = "active_week" if filters.order == "active" else "joined_on"
    row = "s" if filters.hobbies else "p"
    local = 0 < len(filters.hobbies) * len(filters.districts) <= _MOST_SHELVES
    where, params = conditions(replace(filters, districts=()) if local else filters, now, row=row)
    after = cursors.read(by, cursor)
    if after:
        where += f" AND ({row}.{by}, {row}.turn) < (%(day)s, %(turn)s)"
        params.update(day=date.fromisoformat(after[0]), turn=int(after[1]))
    if without:
        where += " AND NOT p.id = ANY(%(without)s::uuid[])"
        params.update(without=list(without))
    tail = _LOCAL_BY_HOBBY if local else _BY_HOBBY if filters.hobbies else _IN_ORDER
    params.update(hobbies=list(filters.hobbies), districts=list(filters.districts), size=size + 1)
    found = read(me, "meet", now, where=where, tail=tail.replace("{by}", by), **params)
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], cursors.write(by, getattr(last, by), last.turn) if last else None)


_YESES = """
  FROM dating_decision said JOIN dating_profile p ON p.id = said.chosen_id
 WHERE said.chooser_id = %(me)s AND said.said = 'yes' AND {rule} AND NOT {paired} AND {where}
 ORDER BY said.at DESC, said.id DESC LIMIT %(size)s
""".replace("{paired}", PAIRED.format(p="p"))


def said_yes_to(me: Profile, cursor: str | None, now: datetime) -> Page:
    """Those I said yes to and who have not answered (as far as I may know), the latest first."""
    where, params = "true", {}
    after = cursors.read("said", cursor)
    if after:
        where = "(said.at, said.id) < (%(at)s, %(last)s)"
        params = {"at": datetime.fromisoformat(after[0]), "last": UUID(after[1])}
    more = ", said.at AS said_at, said.id AS said_id"
    found = read(me, "meet", now, where=where, tail=_YESES, more=more, size=PAGE + 1, **params)
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(found[:PAGE], cursors.write("said", *last.place) if last else None)


def photos_of(profile: Profile | Seen) -> list[UUID]:
    """Ids of the photos that others see, in their order."""
    shown = ProfilePhoto.objects.filter(profile_id=profile.pk, waits=False).order_by("place")
    return list(shown.values_list("photo_id", flat=True))


def own_photos(profile: Profile) -> list[tuple[UUID, bool]]:
    """Ids of all my photos in their order, and whether each still waits to be looked at."""
    return list(ProfilePhoto.objects.filter(profile=profile.pk).order_by("place").values_list("photo_id", "waits"))
