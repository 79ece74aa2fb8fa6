"""What happens to messages after they were sent: read, taken back, closed."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from niangjia.core import live
from niangjia.core.audit import services as audit
from niangjia.core.files import services as files
from niangjia.core.messages import services as notes
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.chat import errors
from niangjia.scenes.dating.chat.models import Message, Quiet, Voice
from niangjia.scenes.dating.chat.selectors import both_show, open_pair, unread
from niangjia.scenes.dating.chat.types import NEW, ROOM, TAKE_BACK
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.scam import services as scam
from niangjia.scenes.dating.scam.types import Caution
from niangjia.scenes.dating.selectors.pairs import other_of
from niangjia.scenes.dating.selectors.people import member, own
from niangjia.scenes.dating.services import decisions

# Never back, and never beyond what is there.
_READ_TO = """
INSERT INTO dating_chat_reader AS r (id, pair_id, profile_id, number)
SELECT %(id)s, %(pair)s, %(me)s, LEAST(%(number)s, max(number))
  FROM dating_chat_message WHERE pair_id = %(pair)s HAVING max(number) IS NOT NULL
ON CONFLICT (pair_id, profile_id) DO UPDATE SET number = EXCLUDED.number WHERE EXCLUDED.number > r.number
"""


@transaction.atomic
def read_to(*, person_id: UUID, pair_id: UUID, number: int, now: datetime) -> int:
    """I have read up to this message; how many others wait in all my conversations."""
    me = member(person_id, now)
    pair = open_pair(me, pair_id)
    with connection.cursor() as cursor:
        cursor.execute(_READ_TO, {"id": new_id(), "pair": pair.pk, "me": me.pk, "number": number})
        moved = cursor.rowcount
    other = other_of(me, pair)
    if moved and other and both_show(me.pk, other):
        _tell(other, pair)
    left = unread(me)
    if not left:
        notes.take_away(person_id=person_id, template=NEW)
    return left


def _tell(profile_id: UUID, pair: Pair) -> None:
    keys = Profile.objects.filter(pk=profile_id).values_list("person_id", flat=True)
    live.tell(person_ids=list(keys), room=ROOM, key=pair.pk)


@transaction.atomic
def unfold(*, me: Profile, message_id: UUID, now: datetime) -> tuple[Message, Caution]:
    """I have read the warning and want to read what was written."""
    row = Message.objects.filter(pk=message_id).first()
    if row is None or row.at < open_pair(me, row.pair_id).since:
        raise errors.over()
    return row, scam.opened(receiver=me, message_id=row.pk, now=now)


@transaction.atomic
def take_back(*, person_id: UUID, message_id: UUID, now: datetime) -> Message:
    """Both see that something was taken back; what it said is gone for good. Again is the same."""
    me = own(person_id)
    row = Message.objects.filter(pk=message_id, sender=me).first()
    if row is None:
        raise errors.over()
    pair = open_pair(me, row.pair_id, locked=True)
    row.refresh_from_db()
    if row.taken_back_at is not None:
        return row
    if now - row.at > TAKE_BACK:
        raise errors.too_late()
    photos = [row.photo_id] if row.photo_id else []
    row.text, row.photo, row.seconds, row.taken_back_at = "", None, 0, now
    row.save(update_fields=["text", "photo", "seconds", "taken_back_at"])
    Voice.objects.filter(message=row).delete()
    files.delete_photos(owner_id=person_id, ids=photos)
    other = other_of(me, pair)
    if other:
        _tell(other, pair)
    live.tell(person_ids=[person_id], room=ROOM, key=pair.pk)
    return row


@transaction.atomic
def end(*, person_id: UUID, pair_id: UUID, now: datetime) -> None:
    """No more. My yes is taken back with it; the other is told kindly, and by no name."""
    me = own(person_id)
    pair = open_pair(me, pair_id)
    other = other_of(me, pair)
    if other is None:
        pair.ended_at = now
        pair.save(update_fields=["ended_at"])
        return
    decisions.take_back(person_id=person_id, profile_id=other, now=now)
    audit.record(action="dating.chat_ended", actor_id=person_id, subject_id=person_id, now=now)
    for their_id in Profile.objects.filter(pk=other).values_list("person_id", flat=True):
        notes.send(person_id=their_id, template="dating_chat_ended", now=now)
    for profile in Profile.objects.filter(pk__in=(me.pk, other)):
        if not unread(profile):
            notes.take_away(person_id=profile.person_id, template=NEW)
    _tell(other, pair)


@transaction.atomic
def show_reading(*, person_id: UUID, on: bool, now: datetime) -> bool:
    """Read marks on or off, for both directions at once: who shows none sees none."""
    me = member(person_id, now)
    if on:
        Quiet.objects.filter(profile=me).delete()
    else:
        Quiet.objects.get_or_create(profile=me)
    return on
