"""Writing to somebody one is paired with."""

from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from niangjia.core import live
from niangjia.core.accounts import limits
from niangjia.core.crypto import seal
from niangjia.core.files import services as files
from niangjia.core.messages import services as notes
from niangjia.scenes.dating.chat import errors, sounds
from niangjia.scenes.dating.chat.models import Message, Voice
from niangjia.scenes.dating.chat.selectors import lines, open_pair, other_in, written
from niangjia.scenes.dating.chat.types import NEW, ROOM, SENDING_FILES, WRITING, Content, voice_place
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.scam import services as scam
from niangjia.scenes.dating.scam.types import WINDOW, Line, Verdict
from niangjia.scenes.dating.selectors.people import member
from niangjia.scenes.dating.types import Seen


def send_text(*, person_id: UUID, pair_id: UUID, key: UUID, text: str, sure: bool, now: datetime) -> Message:
    """Send words. The same key is the same message, however often it comes."""
    words = text.strip()
    if not words:
        raise errors.empty()
    me = member(person_id, now)
    before = _sent(me, key)
    return before or _send(me, pair_id, key, Content("text", words), sure=sure, now=now)


def send_picture(*, person_id: UUID, pair_id: UUID, key: UUID, upload: UploadedFile[bytes], now: datetime) -> Message:
    """Send a picture, drawn anew like every photo that comes from outside."""
    me = member(person_id, now)
    before = _sent(me, key)
    if before:
        return before
    open_pair(me, pair_id)
    limits.take(SENDING_FILES, who=str(person_id), now=now)
    photo = files.store_photo(owner_id=person_id, upload=upload, purpose="chat", now=now)
    try:
        return _send(me, pair_id, key, Content("picture", photo_id=photo.pk), sure=True, now=now)
    except Exception:
        files.delete_photos(owner_id=person_id, ids=[photo.pk])
        raise


def send_voice(*, person_id: UUID, pair_id: UUID, key: UUID, upload: UploadedFile[bytes], now: datetime) -> Message:
    """Send a voice note."""
    me = member(person_id, now)
    before = _sent(me, key)
    if before:
        return before
    open_pair(me, pair_id)
    limits.take(SENDING_FILES, who=str(person_id), now=now)
    sound = sounds.samples_of(upload.read(sounds.MOST_BYTES + 1))
    return _send(me, pair_id, key, Content("voice", sound=sound), sure=True, now=now)


def _sent(me: Profile, key: UUID) -> Message | None:
    return Message.objects.filter(sender=me, key=key).first()


def _send(me: Profile, pair_id: UUID, key: UUID, content: Content, *, sure: bool, now: datetime) -> Message:
    limits.take_all([(WRITING, str(me.person_id))], now=now)
    with transaction.atomic():
        pair = open_pair(me, pair_id, locked=True)  # one at a time: numbers have no gaps, a repeat finds the first
        before = _sent(me, key)
        if before:
            return before
        other = other_in(me, pair, now)
        if other is None:
            raise errors.away()
        return _write(me, other, pair, key, content, sure=sure, now=now)


def _write(me: Profile, other: Seen, pair: Pair, key: UUID, content: Content, *, sure: bool, now: datetime) -> Message:
    recent = list(written(pair).order_by("-number")[:WINDOW])[::-1]
    _check_cooling(me, recent, now)
    verdict = _weighed(me, pair, recent, content, now)
    if verdict.level != "none" and not sure:
        raise errors.AreYouSure(" / ".join(verdict.evidence))
    row = _kept(me, pair, key, content, recent, now)
    if verdict.level != "none":
        receiver = Profile.objects.get(pk=other.pk)
        scam.noted(message_id=row.pk, pair_id=pair.pk, sender=me, receiver=receiver, verdict=verdict, now=now)
    notes.send_unless_waiting(person_id=other.person_id, template=NEW, now=now)
    live.tell(person_ids=(other.person_id, me.person_id), room=ROOM, key=pair.pk)
    return row


def _check_cooling(me: Profile, recent: list[Message], now: datetime) -> None:
    """Conversations that somebody has go on; they begin no new one."""
    held = None if any(row.sender_id == me.pk for row in recent) else scam.cooling(me, now)
    if held:
        raise errors.cooling(held.reason, held.remedy, held.until)


def _weighed(me: Profile, pair: Pair, recent: list[Message], content: Content, now: datetime) -> Verdict:
    if content.kind != "text":
        return Verdict()
    said = [*lines(recent, me), Line(mine=True, text=content.text, at=now)][-WINDOW:]
    return scam.weigh(pair_id=pair.pk, sender=me, lines=said, now=now)


def _kept(me: Profile, pair: Pair, key: UUID, content: Content, recent: list[Message], now: datetime) -> Message:
    row = Message(pair=pair, sender=me, key=key, number=_next(pair, recent), kind=content.kind, at=now)
    row.text, row.photo_id = content.text, content.photo_id
    row.seconds = sounds.seconds(content.sound) if content.sound else 0
    row.save(force_insert=True)
    if content.sound:
        Voice(message=row, sealed=seal(content.sound, place=voice_place(row.pk))).save(force_insert=True)
    return row


def _next(pair: Pair, recent: list[Message]) -> int:
    """Numbers go on when a pair begins again: what is left of its first time holds the lower ones."""
    if recent:
        return recent[-1].number + 1
    last = Message.objects.filter(pair=pair).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1
