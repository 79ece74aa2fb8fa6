"""Sending, taking back, ending, reporting."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Form, Schema
from ninja.files import UploadedFile

from niangjia.core import access
from niangjia.kernel import clock
from niangjia.scenes.dating.api.frame import Code, Empty, Text, answer, person_of, router
from niangjia.scenes.dating.api.safety import ReportReceipt
from niangjia.scenes.dating.chat import following, reporting, sending
from niangjia.scenes.dating.chat.api.reading import ChatMessage, Number, shown
from niangjia.scenes.dating.chat.models import Message
from niangjia.scenes.dating.chat.types import LONGEST, MOST_QUOTED
from niangjia.scenes.dating.selectors.people import member


class ChatWriting(Schema):
    """`key` is drawn by the phone once for each message. `sure` after the question whether it is meant so."""

    pair: UUID
    key: UUID
    text: Text = Field(max_length=LONGEST)
    sure: bool = False


class ChatOfMessage(Schema):
    message: UUID


class ChatOfPair(Schema):
    pair: UUID


class ChatReadTo(Schema):
    pair: UUID
    number: Number


class ChatUnread(Schema):
    unread: int


class ChatMarks(Schema):
    on: bool


class ChatComplaint(Schema):
    pair: UUID
    messages: Annotated[list[UUID], Field(max_length=MOST_QUOTED)] = []
    reason: Code
    details: Text = Field("", max_length=2000)
    evidence: Annotated[list[UUID], Field(max_length=9)] = []


@router.post("/chat/send", response=ChatMessage)
@access.signed_in
def send(request: HttpRequest, given: ChatWriting) -> Any:
    """Write a message. Sent again with the same key, it is the same message."""
    now = clock.now()
    row = sending.send_text(
        person_id=person_of(request), pair_id=given.pair, key=given.key, text=given.text, sure=given.sure, now=now
    )
    return _told(row, now)


@router.post("/chat/picture", response=ChatMessage)
@access.signed_in
def picture(request: HttpRequest, file: File[UploadedFile], pair: Form[UUID], key: Form[UUID]) -> Any:
    now = clock.now()
    row = sending.send_picture(person_id=person_of(request), pair_id=pair, key=key, upload=file, now=now)
    return _told(row, now)


@router.post("/chat/voice", response=ChatMessage)
@access.signed_in
def voice(request: HttpRequest, file: File[UploadedFile], pair: Form[UUID], key: Form[UUID]) -> Any:
    """A recording of up to a minute, as the app makes it."""
    now = clock.now()
    row = sending.send_voice(person_id=person_of(request), pair_id=pair, key=key, upload=file, now=now)
    return _told(row, now)


def _told(row: Message, now: datetime) -> Any:
    """To the one who wrote it."""
    return answer(shown(row.sender, row, now))


@router.post("/chat/read", response=ChatUnread)
@access.signed_in
def read(request: HttpRequest, given: ChatReadTo) -> Any:
    """I have read up to this number."""
    left = following.read_to(person_id=person_of(request), pair_id=given.pair, number=given.number, now=clock.now())
    return ChatUnread(unread=left)


@router.post("/chat/take-back", response=ChatMessage)
@access.signed_in
def take_back(request: HttpRequest, given: ChatOfMessage) -> Any:
    """Within five minutes. Its content is deleted, for both."""
    now = clock.now()
    return _told(following.take_back(person_id=person_of(request), message_id=given.message, now=now), now)


@router.post("/chat/unfold", response=ChatMessage)
@access.signed_in
def unfold(request: HttpRequest, given: ChatOfMessage) -> Any:
    """I have read the warning and want to read the message it is about."""
    now = clock.now()
    me = member(person_of(request), now)
    row, caution = following.unfold(me=me, message_id=given.message, now=now)
    return answer(shown(me, row, now, caution))


@router.post("/chat/end", response=Empty)
@access.signed_in
def end(request: HttpRequest, given: ChatOfPair) -> Any:
    """End the conversation and the pair, for both."""
    following.end(person_id=person_of(request), pair_id=given.pair, now=clock.now())
    return Empty()


@router.post("/chat/read-marks", response=ChatMarks)
@access.signed_in
def read_marks(request: HttpRequest, given: ChatMarks) -> Any:
    return ChatMarks(on=following.show_reading(person_id=person_of(request), on=given.on, now=clock.now()))


@router.post("/chat/report", response=ReportReceipt)
@access.signed_in
def report(request: HttpRequest, given: ChatComplaint) -> Any:
    """Tell the union, with the messages chosen. The other side never learns who did."""
    case = reporting.report(
        person_id=person_of(request),
        pair_id=given.pair,
        message_ids=given.messages,
        reason=given.reason,
        details=given.details,
        evidence=given.evidence,
        now=clock.now(),
    )
    return ReportReceipt(receipt=case.receipt, due=case.due_at)
