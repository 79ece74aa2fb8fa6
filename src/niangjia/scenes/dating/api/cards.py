"""How a profile is shown to somebody else: as a card in a list, or in full."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import BaseModel

from niangjia.core.files.services import photo_url
from niangjia.kernel import clock
from niangjia.scenes.dating import places
from niangjia.scenes.dating.models import Photos, Profile
from niangjia.scenes.dating.selectors.tiers import grounds_seen
from niangjia.scenes.dating.tiers import tier_of
from niangjia.scenes.dating.types import FACTS, Seen, State
from niangjia.scenes.dating.why import Why, reasons_for


class CardFact(BaseModel):
    """Verified, and since when."""

    kind: Literal["real_person", "employer", "single"]
    since: datetime


class Card(BaseModel):
    """One profile in a list. `photo_blurred` ones become clear when both said yes, or when their owner wishes so."""

    id: UUID
    nickname: str
    age: int
    height_cm: int | None
    education: str
    district: str
    home_town: str
    trade: str
    hobbies: list[str]
    photo: str | None
    photo_blurred: bool
    facts: list[CardFact]
    why: list[str]
    said: Literal["yes"] | None
    tier: Literal["triple", "at_ease"] | None = None


def cards(me: Profile, rows: Sequence[Seen], now: datetime) -> list[Card]:
    why = reasons_for(me, now)
    return [_card(me, row, why, now) for row in rows]


def card(me: Profile, row: Seen, now: datetime) -> Card:
    return _card(me, row, reasons_for(me, now), now)


def _card(me: Profile, row: Seen, why: Why, now: datetime) -> Card:
    return Card(
        id=row.pk,
        nickname=row.nickname,
        age=clock.age_on(row.birth_date, clock.today(now)) if row.birth_date else 0,
        height_cm=row.height_cm,
        education=row.education,
        district=row.district,
        home_town=places.town_title(row.home_town),
        trade=row.trade,
        hobbies=row.hobbies,
        photo=picture(me, row, row.face, now) if row.face else None,
        photo_blurred=blurred(row),
        facts=[CardFact(kind=kind, since=since) for kind in FACTS if (since := getattr(row, f"{kind}_since"))],
        why=why(row),
        said="yes" if row.yes else None,
        tier="at_ease" if tier_of(grounds_seen(row, now), now) == "at_ease" else "triple",
    )


def blurred(row: Seen) -> bool:
    return not row.mutual and row.photos_to != Photos.VERIFIED


def picture(me: Profile, row: Seen, photo: UUID, now: datetime, *, large: bool = False) -> str:
    """The blurred picture is another file: there is nothing behind it to uncover."""
    variant: Literal["blur", "full", "thumb"] = "blur" if blurred(row) else "full" if large else "thumb"
    return photo_url(photo, me.person_id, variant, now)


def state_of(row: Seen) -> State:
    return "mutual" if row.mutual else "yes_said" if row.yes else "none"


def somebody_gone(key: UUID) -> Card:
    """In place of one who has left, or cannot be seen at present."""
    return Card(
        id=key, nickname=_("Not here at present"), age=0, height_cm=None, education="", district="", home_town="",
        trade="", hobbies=[], photo=None, photo_blurred=True, facts=[], why=[], said=None,
    )  # fmt: skip
