"""Reading of venues and shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from niangjia.engines.allocation import selectors as allocation
from niangjia.engines.allocation.models import Booking
from niangjia.engines.allocation.types import LIVE, Figures
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.selectors.pairs import pairs_of, views
from niangjia.scenes.dating.selectors.people import read
from niangjia.scenes.dating.types import Seen
from niangjia.scenes.dating.venues import errors
from niangjia.scenes.dating.venues.models import Opening, Picture, Show, ShowState, Together, Venue, VenueState
from niangjia.scenes.dating.venues.types import AHEAD


def published(now: datetime) -> QuerySet[Venue]:
    return Venue.objects.filter(state=VenueState.PUBLISHED).select_related("org").order_by("district", "name", "pk")


def one(venue_id: UUID) -> Venue:
    row = Venue.objects.filter(pk=venue_id, state=VenueState.PUBLISHED).select_related("org").first()
    if row is None:
        raise errors.missing()
    return row


def pictures(*, venues: Iterable[UUID] = (), shows: Iterable[UUID] = ()) -> dict[UUID, list[UUID]]:
    """Photos of these, in their order. One query."""
    found: dict[UUID, list[UUID]] = {}
    rows = Picture.objects.filter(Q(venue__in=list(venues)) | Q(show__in=list(shows))).order_by("place")
    for venue, show, photo in rows.values_list("venue_id", "show_id", "photo_id"):
        found.setdefault(venue or show, []).append(photo)
    return found


def next_openings(venues: Sequence[Venue], now: datetime) -> dict[UUID, datetime]:
    """For each the next time that it is open. One query."""
    rows = Opening.objects.filter(venue__in=[row.pk for row in venues], starts_at__gt=now, slot__called_off_at=None)
    return dict(rows.order_by("venue_id", "starts_at").distinct("venue_id").values_list("venue_id", "starts_at"))


def open_around(venue_id: UUID, starts_at: datetime, ends_at: datetime) -> Opening | None:
    """The opening within which this time lies."""
    rows = Opening.objects.filter(venue=venue_id, venue__state=VenueState.PUBLISHED, slot__called_off_at=None)
    return rows.filter(slot__starts_at__lte=starts_at, slot__ends_at__gte=ends_at).order_by("starts_at").first()


@dataclass(frozen=True)
class Free:
    """One time of a venue as I see it."""

    opening: Opening
    figures: Figures
    mine: bool


def openings_of(me: Profile, venue: Venue, now: datetime) -> list[Free]:
    """Ahead, the next first; four queries whatever their number."""
    rows = Opening.objects.filter(venue=venue, starts_at__gt=now, starts_at__lt=now + AHEAD, slot__called_off_at=None)
    found = list(rows.select_related("slot").order_by("starts_at"))
    slots = [row.slot_id for row in found]
    figures = allocation.figures(slots)
    taken = set(
        Booking.objects.filter(slot__in=slots, person=me.person_id, state__in=LIVE).values_list("slot_id", flat=True)
    )
    return [Free(row, figures[row.slot_id], row.slot_id in taken) for row in found]


@dataclass(frozen=True)
class Visit:
    """A time of mine. `together` when two come, with whom as far as I may see them."""

    opening: Opening
    booking: Booking
    together: Together | None
    other: Seen | None


def visits_of(me: Profile, now: datetime) -> list[Visit]:
    bookings = list(allocation.mine(me.person_id).filter(slot__resource__scene="dating_venues", slot__ends_at__gt=now))
    openings = {
        row.slot_id: row
        for row in Opening.objects.filter(slot__in=[b.slot_id for b in bookings]).select_related("venue")
    }
    mine = Together.objects.filter(Q(host=me) | Q(guest=me, accepted_at__isnull=False), opening__in=openings.values())
    together = {row.opening_id: row for row in mine}
    seen = _others(me, together.values(), now)
    return [
        Visit(opening, booking, row, seen.get(_other(me, row)) if row else None)
        for booking in bookings
        if (opening := openings.get(booking.slot_id))
        for row in [together.get(opening.pk)]
    ]


@dataclass(frozen=True)
class Asked:
    """Somebody of a pair of mine asks me along."""

    together: Together
    opening: Opening
    who: Seen


def asked_along(me: Profile, now: datetime) -> list[Asked]:
    rows = Together.objects.filter(guest=me, accepted_at=None, kept_for__isnull=False, opening__starts_at__gt=now)
    found = list(rows.select_related("opening__venue").order_by("opening__starts_at"))
    seen = _others(me, found, now)
    return [Asked(row, row.opening, seen[row.host_id]) for row in found if row.host_id in seen]


def _other(me: Profile, row: Together) -> UUID:
    return row.guest_id if row.host_id == me.pk else row.host_id


def _others(me: Profile, rows: Iterable[Together], now: datetime) -> dict[UUID, Seen]:
    """Those of a living pair of mine: who ended it or blocked is not named any more."""
    ids = [_other(me, row) for row in rows]
    found = read(me, "know", now, where="p.id = ANY (%(ids)s::uuid[])", ids=ids) if ids else []
    return {row.pk: row for row in found}


def partners(me: Profile, now: datetime) -> list[tuple[Pair, Seen]]:
    """Whom I may ask along."""
    met = views(me, list(pairs_of(me).order_by("-since", "-pk")), now)
    return [(row.pair, row.other) for row in met if row.other]


def ticket_of(me: Profile, booking_id: UUID, now: datetime) -> tuple[Booking, str]:
    row = Booking.objects.filter(pk=booking_id, person=me.person_id, state="booked").select_related("slot").first()
    if row is None or not Opening.objects.filter(slot=row.slot_id).exists():
        raise errors.missing()
    return row, allocation.ticket_code(row, now)


def door_of(opening: Opening) -> list[Booking]:
    """Who is expected, for the desk."""
    return list(allocation.of_slot(opening.slot_id, states=("booked",)))


def nicknames(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Profile.objects.filter(person__in=list(person_ids)).values_list("person_id", "nickname"))


def shown(now: datetime) -> QuerySet[Show]:
    """Shows that are ahead, the next first."""
    rows = Show.objects.filter(state=ShowState.PUBLISHED, day__gt=now, employer__ended_at=None)
    return rows.select_related("employer").order_by("day", "pk")
