"""Dealing cards of a mutual selection: they count to the day's number like those of any other list."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from niangjia.scenes.dating.events import selectors
from niangjia.scenes.dating.events.types import Hand
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.services.seeing import strangers


def deal(*, person_id: UUID, event_id: UUID, cursor: str | None, now: datetime) -> tuple[Profile, Hand]:
    """A page of others; whom today has no place for comes tomorrow."""
    me, hand = selectors.hand(person_id=person_id, event_id=event_id, cursor=cursor, now=now)
    refused, _left = strangers(me, [row for row in hand.rows if row.pk not in hand.chosen], now)
    if refused:
        hand = replace(hand, rows=[row for row in hand.rows if row.pk not in refused], next=None, tomorrow=True)
    return me, hand
