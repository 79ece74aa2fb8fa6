"""What is on, my own application, and the published list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from niangjia.core.access import Actor
from niangjia.core.accounts.models import Person
from niangjia.core.attestations.selectors import living
from niangjia.kernel.china import mask_name
from niangjia.scenes.dating.weddings import errors
from niangjia.scenes.dating.weddings.models import Couple, Wedding
from niangjia.scenes.dating.weddings.policies import couples, weddings


def on_offer(now: datetime) -> list[Wedding]:
    """What is ahead, and behind it what has been, the latest first."""
    rows = list(Wedding.objects.filter(state="published").select_related("org").order_by("-held_at")[:40])
    ahead = [row for row in reversed(rows) if row.held_at > now]
    return ahead + [row for row in rows if row.held_at <= now]


def published(wedding_id: UUID) -> Wedding:
    row = Wedding.objects.filter(pk=wedding_id, state="published").select_related("org").first()
    if row is None:
        raise errors.missing()
    return row


def mine(person_id: UUID, rows: Sequence[Wedding]) -> dict[UUID, Couple]:
    """By wedding, in one query."""
    found = Couple.objects.filter(Q(one_id=person_id) | Q(other_id=person_id), wedding__in=rows)
    return {row.wedding_id: row for row in found}


def couples_on_list(wedding: Wedding, now: datetime) -> list[tuple[str, str]]:
    """Names as each of the two chose. Who did not agree, or is no verified person any more, is not here, nor both."""
    if wedding.list_published_at is None or wedding.state != "published":
        return []
    rows = (
        Couple.objects.filter(wedding=wedding, confirmed_at__isnull=False).exclude(one_shows="").exclude(other_shows="")
    )
    real = living(now).filter(kind="real_person").values("person_id")
    rows = rows.filter(one__in=real, other__in=real).select_related("one", "other").order_by("confirmed_at", "pk")
    return [(_name(row.one, row.one_shows), _name(row.other, row.other_shows)) for row in rows if row.other]


def _name(person: Person, how: str) -> str:
    if how == "full":
        return person.legal_name
    return mask_name(person.legal_name) if how == "masked" else ""


def arranged_by(actor: Actor) -> QuerySet[Wedding]:
    return weddings.which(actor, "arrange").select_related("org").order_by("-held_at", "pk")


def couples_of(actor: Actor, wedding: Wedding) -> QuerySet[Couple]:
    rows = couples.which(actor, "arrange").filter(wedding=wedding).select_related("one", "other")
    return rows.order_by("joined_at", "pk")


def export(person_id: UUID) -> dict[str, Any]:
    """Mine, without who the other is."""
    rows = Couple.objects.filter(Q(one_id=person_id) | Q(other_id=person_id)).select_related("wedding")
    return {
        "applications": [
            {
                "wedding": row.wedding.title,
                "receipt": row.receipt,
                "asked_at": row.asked_at,
                "joined_at": row.joined_at,
                "married_on": row.married_on,
                "confirmed_at": row.confirmed_at,
                "on_the_list": row.one_shows if row.one_id == person_id else row.other_shows,
                "partner_phone": row.partner_phone if row.one_id == person_id else "",
            }
            for row in rows.order_by("asked_at")
        ]
    }
