"""Booking a time at a venue, alone or with somebody one has found; and giving it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from niangjia.core.messages import services as messages
from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.models import Booking
from niangjia.engines.allocation.types import LIVE, Claimant, Claimed
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.selectors.pairs import other_of, pairs_of, views
from niangjia.scenes.dating.selectors.people import member, own
from niangjia.scenes.dating.venues import errors
from niangjia.scenes.dating.venues.models import Opening, Together, VenueState
from niangjia.scenes.dating.venues.types import ANSWER


def book(
    *, person_id: UUID, opening_id: UUID, key: UUID, pair_id: UUID | None, now: datetime, clock: datetime | None = None
) -> Claimed:
    """A place for me, or two for me and somebody of a pair of mine, who is asked. `clock` is for tests.

    The places are claimed first, in one statement; asking the other can be repeated with the same `key`.
    """
    me = member(person_id, now)
    opening = _bookable(opening_id)
    other = _other(me, pair_id, now) if pair_id else None
    claimed = allocation.claim(
        slot_id=opening.slot_id,
        by=Claimant(person_id),
        request_key=key,
        companions=(None,) if other else (),
        fingerprint=str(pair_id or ""),
        now=clock,
    )
    if other is not None:
        _ask_along(me, other, opening, claimed, now)
    allocation.mark_told(booking_ids=[claimed.booking_id], now=now)
    return claimed


def _bookable(opening_id: UUID) -> Opening:
    row = Opening.objects.filter(pk=opening_id, venue__state=VenueState.PUBLISHED).first()
    if row is None:
        raise errors.missing()
    return row


def _other(me: Profile, pair_id: UUID, now: datetime) -> UUID:
    """The other of a living pair of mine whom I may see."""
    pair = pairs_of(me).filter(pk=pair_id).first()
    seen = views(me, [pair], now)[0].other if pair else None
    if seen is None:
        raise errors.NotAPair
    return seen.pk


@transaction.atomic
def _ask_along(me: Profile, other: UUID, opening: Opening, claimed: Claimed, now: datetime) -> None:
    kept = Booking.objects.filter(party=claimed.party, person=None, booked_by=me.person_id, state="booked").first()
    Together.objects.filter(opening=opening, host=me, accepted_at=None).exclude(guest_id=other).delete()
    row, new = Together.objects.get_or_create(opening=opening, host=me, defaults={"guest_id": other, "kept_for": kept})
    if not new and claimed.is_new:
        row.guest_id, row.kept_for, row.accepted_at, row.declined_at = other, kept, None, None
        row.save()
    if new or claimed.is_new:
        guest = Profile.objects.get(pk=other)
        messages.send(person_id=guest.person_id, template="dating_venue_asked", now=now)


@transaction.atomic
def come_along(*, person_id: UUID, together_id: UUID, yes: bool, now: datetime) -> None:
    """Yes: a ticket of my own. No: told to nobody; until the time for answers is over I may think again."""
    me = member(person_id, now)
    row = Together.objects.select_for_update(of=("self",)).select_related("opening", "host").filter(guest=me)
    found = row.filter(pk=together_id, accepted_at=None).first()
    if found is None or not _still_a_pair(me, found.host_id, now):
        raise errors.missing()
    if now > found.opening.starts_at - ANSWER or found.kept_for_id is None:
        raise errors.TooLate
    if not yes:
        found.declined_at = now
        found.save(update_fields=["declined_at"])
        return
    heir = allocation.transfer(booking_id=found.kept_for_id, by_id=None, to=Claimant(person_id), now=now)
    found.accepted_at, found.declined_at, found.kept_for = now, None, heir
    found.save(update_fields=["accepted_at", "declined_at", "kept_for"])
    messages.send(person_id=found.host.person_id, template="dating_venue_along", now=now)


def _still_a_pair(me: Profile, other: UUID, now: datetime) -> bool:
    pairs = [pair for pair in pairs_of(me) if other_of(me, pair) == other]
    return bool(pairs) and views(me, pairs, now)[0].other is not None


@transaction.atomic
def cancel(*, person_id: UUID, opening_id: UUID, now: datetime) -> None:
    """Give my place back. When I asked somebody along, theirs goes with it, and they are told."""
    me = own(person_id)
    opening = Opening.objects.filter(pk=opening_id).first()
    mine = Booking.objects.filter(slot=opening.slot_id if opening else None, person=person_id, state__in=LIVE).first()
    if opening is None or mine is None:
        raise errors.missing()
    asked = Together.objects.filter(opening=opening, host=me).select_related("guest", "kept_for").first()
    allocation.cancel(booking_id=mine.pk, by_id=person_id, now=now)
    if asked is None:
        Together.objects.filter(opening=opening, guest=me).delete()
        return
    _give_up_theirs(asked, now)


def _give_up_theirs(asked: Together, now: datetime) -> None:
    if asked.kept_for_id and asked.kept_for and asked.kept_for.state in LIVE:
        allocation.cancel(booking_id=asked.kept_for_id, by_id=None, now=now, late=True)
    if asked.declined_at is None:
        messages.send(person_id=asked.guest.person_id, template="dating_venue_off", now=now)
    asked.delete()


def free_unanswered(*, now: datetime) -> int:
    """Places that wait for somebody who did not say yes fall free in time. The host comes alone."""
    due = Together.objects.filter(accepted_at=None, kept_for__isnull=False, opening__starts_at__lte=now + ANSWER)
    rows = list(due.select_related("kept_for"))
    for row in rows:
        with transaction.atomic():
            if row.kept_for and row.kept_for.state in LIVE:
                allocation.cancel(booking_id=row.kept_for.pk, by_id=None, now=now, late=True)
            row.delete()
    return len(rows)


def leave_all(profile: Profile, now: datetime) -> None:
    """Somebody leaves dating: what they booked falls free; whom they asked along is told."""
    for asked in Together.objects.filter(host=profile, opening__starts_at__gt=now).select_related("guest", "kept_for"):
        _give_up_theirs(asked, now)
    slots = Opening.objects.filter(starts_at__gt=now).values_list("slot_id", flat=True)
    for row in Booking.objects.filter(slot__in=list(slots), person=profile.person_id, state__in=LIVE):
        allocation.cancel(booking_id=row.pk, by_id=None, now=now, late=True)
