"""Writing to somebody one is paired with."""

from contextlib import nullcontext
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core import live
from niangjia.core.accounts import limits
from niangjia.core.crypto import seal
from niangjia.core.files import services as files
from niangjia.kernel.errors import TooMany
from niangjia.scenes.dating.chat import errors, sounds, statements
from niangjia.scenes.dating.chat.models import Message, Voice
from niangjia.scenes.dating.chat.statements import Other, Situation
from niangjia.scenes.dating.chat.types import ROOM, SENDING_FILES, WRITING, Content, voice_place
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.scam import services as scam
from niangjia.scenes.dating.scam.types import WINDOW, Line, Verdict
from niangjia.scenes.dating.selectors.people import member

_LOOKS: Final = 20  # how often a message that lost a race to another of the same pair looks again


def send_text(*, person_id: UUID, pair_id: UUID, key: UUID, text: str, sure: bool, now: datetime) -> Message:
    """Send words. The same key is the same message, however often it comes."""
    words = text.strip()
    if not words:
        raise errors.empty()
    me = member(person_id, now)
    seen = statements.look(me, pair_id=pair_id, key=key, now=now)
    return _earlier(me, seen) or _send(me, seen, pair_id, key, Content("text", words), sure=sure, now=now)


def send_picture(*, person_id: UUID, pair_id: UUID, key: UUID, upload: UploadedFile[bytes], now: datetime) -> Message:
    """Send a picture, drawn anew like every photo that comes from outside."""
    me = member(person_id, now)
    seen = statements.look(me, pair_id=pair_id, key=key, now=now)
    before = _earlier(me, seen)
    if before:
        return before
    _check_open(seen)
    limits.take(SENDING_FILES, who=str(person_id), now=now)
    photo = files.store_photo(owner_id=person_id, upload=upload, purpose="chat", now=now)
    try:
        row = _send(me, seen, pair_id, key, Content("picture", photo_id=photo.pk), sure=True, now=now)
    except Exception:
        files.delete_photos(owner_id=person_id, ids=[photo.pk])
        raise
    if row.photo_id != photo.pk:  # an impatient phone: the same message came twice at the same moment
        files.delete_photos(owner_id=person_id, ids=[photo.pk])
    return row


def send_voice(*, person_id: UUID, pair_id: UUID, key: UUID, upload: UploadedFile[bytes], now: datetime) -> Message:
    """Send a voice note."""
    me = member(person_id, now)
    seen = statements.look(me, pair_id=pair_id, key=key, now=now)
    before = _earlier(me, seen)
    if before:
        return before
    _check_open(seen)
    limits.take(SENDING_FILES, who=str(person_id), now=now)
    sound = sounds.samples_of(upload.read(sounds.MOST_BYTES + 1))
    return _send(me, seen, pair_id, key, Content("voice", sound=sound), sure=True, now=now)


def _earlier(me: Profile, seen: Situation) -> Message | None:
    return Message.objects.get(pk=seen.earlier, sender=me) if seen.earlier else None


def _check_open(seen: Situation) -> UUID:
    if seen.pair is None:
        raise errors.over()
    return seen.pair


def _send(
    me: Profile, seen: Situation, pair_id: UUID, key: UUID, content: Content, *, sure: bool, now: datetime
) -> Message:
    limits.take_all([(WRITING, str(me.person_id))], now=now)
    for _look in range(_LOOKS):
        row = _written(me, seen, key, content, sure=sure, now=now)
        if row:
            return row
        seen = statements.look(me, pair_id=pair_id, key=key, now=now)
        before = _earlier(me, seen)
        if before:
            return before
    raise TooMany(_("That was a few too many tries."), retry_after=1, next_step=_("Please try once more."))


def _written(me: Profile, seen: Situation, key: UUID, content: Content, *, sure: bool, now: datetime) -> Message | None:
    """The message, kept and told of; None when somebody was faster, and it must be weighed anew."""
    pair_id = _check_open(seen)
    if seen.other is None:
        raise errors.away()
    _check_cooling(me, seen, now)
    verdict = _weighed(me, pair_id, seen, content, now)
    if verdict.level != "none" and not sure:
        raise errors.AreYouSure(" / ".join(verdict.evidence))
    row = _message(me, pair_id, seen.last + 1, key, content, now)
    if not _kept(row, seen.other, content, verdict, now):
        return None
    live.tell(person_ids=(seen.other.person_id, me.person_id), room=ROOM, key=pair_id)
    return row


def _check_cooling(me: Profile, seen: Situation, now: datetime) -> None:
    """Conversations that somebody has go on; they begin no new one."""
    held = None if seen.mine else scam.cooling(me, now)
    if held:
        raise errors.cooling(held.reason, held.remedy, held.until)


def _weighed(me: Profile, pair_id: UUID, seen: Situation, content: Content, now: datetime) -> Verdict:
    if content.kind != "text":
        return Verdict()
    said = [*seen.lines, Line(mine=True, text=content.text, at=now)][-WINDOW:]
    return scam.weigh(pair_id=pair_id, sender=me, lines=said, now=now)


def _message(me: Profile, pair_id: UUID, number: int, key: UUID, content: Content, now: datetime) -> Message:
    row = Message(pair_id=pair_id, sender=me, key=key, number=number, kind=content.kind, at=now)
    row.text, row.photo_id = content.text, content.photo_id
    row.seconds = sounds.seconds(content.sound) if content.sound else 0
    return row


def _kept(row: Message, other: Other, content: Content, verdict: Verdict, now: datetime) -> bool:
    """Words alone are one statement; with a sound or a warning all of it is kept, or nothing."""
    more = bool(content.sound) or verdict.level != "none"
    with transaction.atomic() if more else nullcontext():
        if not statements.keep(row, other_person=other.person_id):
            return False
        if content.sound:
            Voice(message=row, sealed=seal(content.sound, place=voice_place(row.pk))).save(force_insert=True)
        if verdict.level != "none":
            receiver = Profile.objects.get(pk=other.pk)
            scam.noted(
                message_id=row.pk, pair_id=row.pair_id, sender=row.sender, receiver=receiver, verdict=verdict, now=now
            )
    return True
