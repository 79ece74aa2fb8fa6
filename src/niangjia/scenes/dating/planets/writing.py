"""Living on a planet: joining, saying something, taking it back, a quiet "me too"."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts import limits
from niangjia.core.files import services as files
from niangjia.kernel.errors import Invalid
from niangjia.scenes.dating import guard
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.planets import looking, reviewing
from niangjia.scenes.dating.planets.errors import Closed, NotJoined, no_post
from niangjia.scenes.dating.planets.models import Joining, MeToo, Post, PostPhoto, States, Topic
from niangjia.scenes.dating.planets.selectors import home, one
from niangjia.scenes.dating.planets.types import HELD, MOST_PICTURES, MOST_TEXT, Said, Written
from niangjia.scenes.dating.selectors.people import own, seeker
from niangjia.scenes.dating.squares import holds_code

POSTS = (limits.Limit("dating-posts-quick", 5, 600), limits.Limit("dating-posts-day", 20, 86400))
REPLIES = (limits.Limit("dating-replies-quick", 10, 600), limits.Limit("dating-replies-day", 60, 86400))
MARKS = (limits.Limit("dating-marks-day", 200, 86400),)


def join(*, person_id: UUID, planet_id: UUID, now: datetime) -> None:
    me = seeker(person_id, now)
    if home(me, planet_id, now).closed:
        raise Closed
    Joining.objects.bulk_create([Joining(planet_id=planet_id, profile=me)], ignore_conflicts=True)


def leave(*, person_id: UUID, planet_id: UUID) -> None:
    """What one has said stays until one takes it away."""
    Joining.objects.filter(planet=planet_id, profile=own(person_id)).delete()


def write(*, person_id: UUID, written: Written, now: datetime) -> Said:
    """Say something. Words that lead elsewhere hold it back until somebody of the union has looked; one is told so."""
    me = seeker(person_id, now)
    text = written.text.strip()
    _may(me, written, text, now)
    photos = _photos(person_id, written.photos)
    words = [*guard.marked(text), *_codes(photos)]
    limits.take(REPLIES if written.parent else POSTS, who=str(person_id), now=now)
    row = Post(
        planet_id=written.planet,
        topic=_topic(written),
        parent_id=written.parent,
        author=me,
        text=text,
        state=States.HELD if words else States.SHOWN,
        at=now,
        key=written.key,
    )
    return one(me, _kept(row, photos, words, now), now)


def _kept(row: Post, photos: Sequence[UUID], words: list[str], now: datetime) -> UUID:
    """The phone that sends it twice gets the first one again."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            PostPhoto.objects.bulk_create(
                [PostPhoto(post=row, photo_id=photo, place=at) for at, photo in enumerate(photos)]
            )
            if words:
                reviewing.open_review(row, why=HELD, words=words, reporter=None, now=now)
    except IntegrityError:
        return Post.objects.values_list("pk", flat=True).get(author=row.author_id, key=row.key)
    return row.pk


def _may(me: Profile, written: Written, text: str, now: datetime) -> None:
    where = home(me, written.planet, now)
    if where.closed:
        raise Closed
    if not where.joined:
        raise NotJoined
    if not text or len(text) > MOST_TEXT:
        hint = _("A few words, up to {most}.").format(most=MOST_TEXT)
        raise Invalid(_("Something is missing or not quite right."), fields={"text": hint})
    if written.parent:
        above = one(me, written.parent, now)
        known = Post.objects.filter(pk=written.parent, planet=written.planet, parent=None)
        if above.state != "shown" or not known.exists():
            raise no_post()


def _photos(person_id: UUID, ids: Sequence[UUID]) -> list[UUID]:
    own_photos = files.owned(owner_id=person_id, ids=ids, purpose="profile")
    if len(own_photos) != len(set(ids)) or len(own_photos) > MOST_PICTURES:
        hint = _("Up to four pictures of your own.")
        raise Invalid(_("These photos cannot be used."), fields={"photos": hint})
    return own_photos


def _codes(photos: Sequence[UUID]) -> list[str]:
    """A QR code leads elsewhere as words do."""
    return [str(_("a QR code"))] if any(map(holds_code, files.pictures(ids=photos, variant="thumb"))) else []


def _topic(written: Written) -> Topic | None:
    if written.topic is None or written.parent:
        return None
    return Topic.objects.filter(pk=written.topic, planet=written.planet, closed_at=None).first()


@transaction.atomic
def take_away(*, person_id: UUID, post_id: UUID) -> None:
    """My own, with what was replied to it. What is being looked at stays with the case."""
    row = Post.objects.select_for_update().filter(pk=post_id, author=own(person_id)).first()
    if row is None:
        raise no_post()
    photos = list(PostPhoto.objects.filter(post=row).values_list("photo_id", flat=True))
    row.delete()
    files.delete_photos(owner_id=person_id, ids=photos, purpose="profile")


def me_too(*, person_id: UUID, post_id: UUID, on: bool, now: datetime) -> Said:
    """A quiet mark; only who wrote the post learns how many, nobody learns who."""
    me = seeker(person_id, now)
    post = one(me, post_id, now)
    limits.take(MARKS, who=str(person_id), now=now)
    if not on or post.mine:
        MeToo.objects.filter(post=post.id, profile=me).delete()
    else:
        MeToo.objects.bulk_create([MeToo(post_id=post.id, profile=me)], ignore_conflicts=True)
    return looking.post(me, post_id, now)


def leave_all(person_id: UUID) -> None:
    """Somebody leaves dating: their pictures go now, all else goes with the profile."""
    photos = list(PostPhoto.objects.filter(post__author__person=person_id).values_list("photo_id", flat=True))
    files.delete_photos(owner_id=person_id, ids=photos, purpose="profile")
