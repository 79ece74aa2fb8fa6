"""Reading: how full, whose, where in line, who must be told, and whether the counters are sound."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.engines.allocation import codes
from niangjia.engines.allocation.models import Booking, CheckInList, Consequence, Draw, Extra, Pool, Slot
from niangjia.engines.allocation.models.bookings import OUTBOX
from niangjia.engines.allocation.types import LIVE, TAKING, Figures

_COUNTED = ("waiting", "asked", "entered", "arrived", "absent")


def figures(slot_ids: Iterable[UUID]) -> dict[UUID, Figures]:
    """How full these slots are, in two queries whatever their number."""
    wanted = list(slot_ids)
    pools = Pool.objects.filter(slot__in=wanted, is_addon=False).order_by("slot").values("slot")
    room = {row["slot"]: row for row in pools.annotate(capacity=Sum("capacity"), taken=Sum("taken"))}
    rows = Booking.objects.filter(slot__in=wanted).order_by("slot").values("slot")
    counted = rows.annotate(
        waiting=Count("pk", filter=Q(state="waiting")),
        asked=Count("pk", filter=Q(state="asked")),
        entered=Count("pk", filter=Q(state="entered")),
        arrived=Count("pk", filter=Q(state="booked", arrived_at__isnull=False)),
        absent=Count("pk", filter=Q(absent_at__isnull=False)),
    )
    people: dict[UUID, dict[str, int]] = {row["slot"]: {name: row[name] for name in _COUNTED} for row in counted}  # type: ignore[literal-required]  # annotated just above
    return {pk: Figures(capacity=row["capacity"], taken=row["taken"], **people.get(pk, {})) for pk, row in room.items()}


def pools_of(slot_id: UUID, *, addons: bool = False) -> QuerySet[Pool]:
    """The counters of a slot, the common one first."""
    return Pool.objects.filter(slot=slot_id, is_addon=addons).order_by("key")


def mine(person_id: UUID, *, states: Sequence[str] = LIVE) -> QuerySet[Booking]:
    return (
        Booking.objects.filter(person=person_id, state__in=states)
        .select_related("slot", "pool")
        .order_by("slot__starts_at", "pk")
    )


def of_slot(slot_id: UUID, *, states: Sequence[str] = LIVE) -> QuerySet[Booking]:
    rows = Booking.objects.filter(slot=slot_id, state__in=states).select_related("person", "pool")
    return rows.order_by("tier", "rank", "asked_at", "party", "pk")


def party_of(party: UUID) -> QuerySet[Booking]:
    return Booking.objects.filter(party=party).select_related("slot", "person", "pool").order_by("asked_at", "pk")


def place_in_line(booking: Booking) -> int:
    """How many waiting people come before, and one."""
    before = Q(tier__lt=booking.tier) | Q(tier=booking.tier, rank__lt=booking.rank)
    before |= Q(tier=booking.tier, rank=booking.rank, asked_at__lt=booking.asked_at)
    return Booking.objects.filter(before, slot=booking.slot_id, state="waiting").count() + 1


def ticket_code(booking: Booking, now: datetime) -> str:
    """The text of the QR code. One that changes must be asked for again every half minute."""
    return codes.make(booking.pk, rotating_at=now if booking.slot.rotating else None)


@dataclass(frozen=True)
class Expected:
    """One line of what a phone at the door takes along. `fingerprint` is of the code ("" for codes that change)."""

    booking_id: UUID
    person_id: UUID | None
    fingerprint: str
    arrived: bool


def door_list(list_id: UUID, now: datetime) -> list[Expected]:
    """Whom this door expects."""
    door = CheckInList.objects.select_related("slot").get(pk=list_id)
    rows = Booking.objects.filter(slot=door.slot_id, state="booked").order_by("pk")
    if door.addon_id:
        rows = rows.filter(Exists(Extra.objects.filter(booking=OuterRef("pk"), pool=door.addon_id, state="taken")))
    scanned = set(door.scans.filter(counted=True).values_list("booking", flat=True))
    return [
        Expected(
            row.pk,
            row.person_id,
            "" if door.slot.rotating else codes.fingerprint(codes.make(row.pk)),
            row.pk in scanned,
        )
        for row in rows
    ]


def untold(scene: str) -> QuerySet[Booking]:
    """Bookings whose owners should be told of them: this is the outbox, and nothing is lost from it in a crash."""
    return (
        Booking.objects.filter(OUTBOX, slot__resource__scene=scene)
        .select_related("slot", "pool")
        .order_by("settled_at", "pk")
    )


@dataclass(frozen=True)
class Standing:
    """A consequence as its owner reads it."""

    id: UUID
    since: datetime
    until: datetime
    causes: tuple[UUID, ...]
    reason: str
    remedy: object


def consequences_of(person_id: UUID, now: datetime, *, scene: str = "") -> list[Standing]:
    rows = Consequence.objects.filter(person=person_id, lifted_at=None, until__gt=now).order_by("until", "pk")
    return [_standing(row) for row in (rows.filter(scene=scene) if scene else rows)]


def _standing(row: Consequence) -> Standing:
    count = len(row.causes)
    reason = ngettext(
        "You had a place and did not come, %(count)s time.", "You had a place and did not come, %(count)s times.", count
    ) % {"count": count}
    remedy = _(
        "Until then others go first; you can still register. Give a place back in time if you cannot come. If there was"
        " a good reason, or this is a mistake, tell us and somebody will look at it."
    )
    return Standing(row.pk, row.since, row.until, tuple(row.causes), reason, remedy)


def draws_due(now: datetime) -> QuerySet[Slot, UUID]:
    """Lotteries whose time has come, and whose beacon is known where one was promised."""
    ready = Q(lottery__beacon_source="") | ~Q(lottery__beacon="")
    due = Slot.objects.filter(ready, way="lottery", drawn_at=None, called_off_at=None, closes_at__lte=now)
    return due.order_by("closes_at", "pk").values_list("pk", flat=True)


def unfinished_draws() -> list[UUID]:
    """Slots that were drawn, and whose other entrants are not lined up yet."""
    left = Booking.objects.filter(slot=OuterRef("pk"), state="entered")
    rows = Slot.objects.filter(Exists(left), way="lottery", drawn_at__isnull=False, called_off_at=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def published_draw(slot_id: UUID) -> dict[str, Any]:
    """What everybody may read of a lottery: before the draw what was committed to, afterwards all of it."""
    found = Draw.objects.get(slot=slot_id)
    if found.drawn_at is None:
        return {"slot": str(slot_id), "commitment": found.commitment, "beacon_source": found.beacon_source}
    return dict(found.published)


def unsound() -> list[UUID]:
    """Counters that do not equal what they count. There are none; health looks all the same."""
    booked = Booking.objects.filter(pool=OuterRef("pk"), state__in=TAKING).order_by().values("pool")
    extras = Extra.objects.filter(pool=OuterRef("pk"), state="taken").order_by().values("pool")
    rows = Pool.objects.annotate(
        rows=Coalesce(Subquery(booked.annotate(number=Count("pk")).values("number")), 0)
        + Coalesce(Subquery(extras.annotate(number=Count("pk")).values("number")), 0)
    )
    return list(rows.exclude(rows=F("taken")).order_by("pk").values_list("pk", flat=True))


def companions(person_id: UUID, *, at_least: int, at_most: int, slots: int) -> dict[UUID, datetime]:
    """Who was checked in where this person was, and when that began, the latest time they were.

    Only of occasions with so many people: of few one would know who was there, of a crowd it says nothing. The last
    `slots` occasions are looked at. The engine does not know what they were, and whether anybody may be told.
    """
    came = Booking.objects.filter(arrived_at__isnull=False, state="booked")
    mine = came.filter(person=person_id).order_by("-slot__starts_at", "slot").values_list("slot", flat=True)[:slots]
    there = came.filter(slot__in=list(mine)).order_by("slot").values("slot").annotate(people=Count("pk"))
    fit = list(there.filter(people__gte=at_least, people__lte=at_most).values_list("slot", flat=True))
    rows = came.filter(slot__in=fit, person__isnull=False).exclude(person=person_id).order_by("slot__starts_at", "pk")
    return dict(rows.values_list("person", "slot__starts_at"))
