"""The list of conversations, one conversation, and what a report needs."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.core.files.services import photo_url
from niangjia.kernel import clock
from niangjia.scenes.dating.api.cards import Card, card, somebody_gone
from niangjia.scenes.dating.api.frame import answer, person_of, router
from niangjia.scenes.dating.chat import reporting, selectors, sounds
from niangjia.scenes.dating.chat.models import Message
from niangjia.scenes.dating.chat.types import TAKE_BACK
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.scam.types import Caution
from niangjia.scenes.dating.selectors.people import member

Number = Annotated[int, Field(ge=0, le=2_000_000_000)]
Kind = Literal["text", "picture", "voice"]


class ChatLast(BaseModel):
    at: datetime
    kind: Kind
    mine: bool
    text: str
    taken_back: bool
    folded: bool


class ChatTalk(BaseModel):
    pair: UUID
    unread: int
    last: ChatLast | None


class ChatTalks(BaseModel):
    """`read_marks`: whether I show how far I have read, and see it of others."""

    items: list[ChatTalk]
    unread: int
    read_marks: bool


class ChatWarning(BaseModel):
    """What our scam guard says about a message that I received; `police` is the number to call.

    `folded`: its words come once I have read this and ask for them (`/chat/unfold`).
    """

    title: str
    text: str
    evidence: list[str]
    police: str
    said: Literal["", "fine", "afraid"]
    folded: bool


class ChatMessage(BaseModel):
    """`until`: so long I may take it back. A taken-back one has lost its content."""

    id: UUID
    key: UUID | None
    number: int
    mine: bool
    kind: Kind
    text: str
    picture: str | None
    thumb: str | None
    seconds: int
    at: datetime
    until: datetime | None
    taken_back: bool
    warning: ChatWarning | None


class ChatConversation(BaseModel):
    """`read_to`: the other has read up to this number; null unless both show it."""

    pair: UUID
    other: Card
    here: bool
    messages: list[ChatMessage]
    more: bool
    read_to: int | None
    mine_read: int
    taken_back: list[int]


class ChatEnded(BaseModel):
    pair: UUID
    at: datetime
    until: datetime


class ChatsEnded(BaseModel):
    items: list[ChatEnded]


class ChatAsked(Schema):
    """Either what came after a number, or a page before one, or the latest page."""

    pair: UUID
    after: Number | None = None
    before: Number | None = None


@router.get("/chat/talks", response=ChatTalks)
@access.signed_in
def talks(request: HttpRequest) -> Any:
    """Every conversation of mine: what was written last, and how much I have not read."""
    me = member(person_of(request), clock.now())
    found = selectors.talks(me)
    items = [
        ChatTalk(pair=talk.pair_id, unread=talk.unread, last=ChatLast(**vars(talk.last)) if talk.last else None)
        for talk in found
    ]
    unread = sum(talk.unread for talk in found)
    return answer(ChatTalks(items=items, unread=unread, read_marks=selectors.shows_reading(me)))


@router.get("/chat/messages", response=ChatConversation)
@access.signed_in
def messages(request: HttpRequest, asked: Query[ChatAsked]) -> Any:
    """One conversation. ChatAsked again with the last number one has, it tells what is new: that needs no stream."""
    now = clock.now()
    me = member(person_of(request), now)
    found = selectors.conversation(me, asked.pair, now, after=asked.after, before=asked.before)
    return answer(
        ChatConversation(
            pair=found.pair.pk,
            other=card(me, found.other, now) if found.other else somebody_gone(found.pair.pk),
            here=found.other is not None,
            messages=[shown(me, row, now, found.cautions.get(row.pk)) for row in found.messages],
            more=found.more,
            read_to=found.read_to,
            mine_read=found.mine_read,
            taken_back=found.taken_back,
        )
    )


def shown(me: Profile, row: Message, now: datetime, caution: Caution | None = None) -> ChatMessage:
    mine = row.sender_id == me.pk
    back = row.taken_back_at is not None
    warning = _warning(caution) if caution and not mine and not back else None
    return ChatMessage(
        id=row.pk,
        key=row.key if mine else None,
        number=row.number,
        mine=mine,
        kind=row.kind,  # type: ignore[arg-type]  # a choice
        text="" if warning and warning.folded else row.text,
        picture=photo_url(row.photo_id, me.person_id, "full", now) if row.photo_id else None,
        thumb=photo_url(row.photo_id, me.person_id, "thumb", now) if row.photo_id else None,
        seconds=row.seconds,
        at=row.at,
        until=row.at + TAKE_BACK if mine and not back else None,
        taken_back=back,
        warning=warning,
    )


def _warning(caution: Caution) -> ChatWarning:
    return ChatWarning(
        title=str(caution.title),
        text=str(caution.text),
        evidence=list(caution.evidence),
        police=caution.police,
        said=caution.said,
        folded=caution.folded,
    )


@router.get("/chat/sound")
@access.signed_in
def sound(request: HttpRequest, message: UUID) -> HttpResponse:
    """The sound of a voice note."""
    me = member(person_of(request), clock.now())
    return HttpResponse(sounds.wav(selectors.sound_of(me, message)), content_type="audio/wav")


@router.get("/chat/ended", response=ChatsEnded)
@access.signed_in
def ended(request: HttpRequest) -> Any:
    """Conversations that are over and can still be reported. Nobody can read them any more."""
    rows = reporting.ended(person_of(request), clock.now())
    return answer(ChatsEnded(items=[ChatEnded(pair=row.pair_id, at=row.at, until=row.until) for row in rows]))
