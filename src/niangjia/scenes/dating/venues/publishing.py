"""Venues at the union's desk: writing them down, hanging up pictures, opening hours."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from niangjia.core import rules
from niangjia.core.access import Actor
from niangjia.core.access.policies import within
from niangjia.core.audit import services as audit
from niangjia.core.files import services as files
from niangjia.core.orgs.models import Org
from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.types import SlotPlan
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict, Forbidden
from niangjia.scenes.dating import places
from niangjia.scenes.dating.venues import errors
from niangjia.scenes.dating.venues.models import Opening, Picture, Show, Venue, VenueKind, VenueState
from niangjia.scenes.dating.venues.policies import venues
from niangjia.scenes.dating.venues.types import (
    AHEAD,
    GIVE_BACK,
    MOST_OPENINGS,
    MOST_PHOTOS,
    MOST_PLACES,
    RUN,
    SCENE,
    Hours,
    Plan,
)


@transaction.atomic
def draft(*, actor: Actor, org_id: UUID, plan: Plan, now: datetime) -> Venue:
    org = Org.objects.filter(within(actor, RUN, path="path"), pk=org_id, ended_at=None).first()
    if org is None:
        raise Forbidden(_("You cannot organise for this union."), next_step=_("Choose your own or one below it."))
    _check(plan)
    resource = allocation.create_resource(scene=SCENE)
    row = Venue.objects.create(org=org, made_by_id=actor.person_id, resource=resource, **asdict(plan))
    _record("venue_written", actor, row, now)
    return row


@transaction.atomic
def change(*, actor: Actor, venue_id: UUID, plan: Plan, now: datetime) -> Venue:
    row = _locked(actor, venue_id)
    _check(plan)
    for name, value in asdict(plan).items():
        setattr(row, name, value)
    row.save()
    _record("venue_written", actor, row, now)
    return row


def _check(plan: Plan) -> None:
    rules.check(
        kind=(plan.kind in VenueKind.values, rules.CHOSEN),
        name=rules.written(plan.name, 2, 40),
        address=rules.written(plan.address, 4, 120),
        district=(places.is_district(plan.district), rules.CHOSEN),
    )


@transaction.atomic
def publish(*, actor: Actor, venue_id: UUID, now: datetime) -> Venue:
    row = _locked(actor, venue_id)
    row.state = VenueState.PUBLISHED
    row.save(update_fields=["state"])
    _record("venue_published", actor, row, now)
    return row


@transaction.atomic
def close(*, actor: Actor, venue_id: UUID, now: datetime) -> Venue:
    """No longer bookable; whoever has a place ahead is told."""
    row = _locked(actor, venue_id)
    row.state = VenueState.CLOSED
    row.save(update_fields=["state"])
    for opening in row.openings.filter(starts_at__gt=now):
        allocation.call_off(slot_id=opening.slot_id, reason="", now=now)
    _record("venue_closed", actor, row, now)
    return row


@transaction.atomic
def open_hours(*, actor: Actor, venue_id: UUID, hours: Hours, now: datetime) -> int:
    """Openings of these days; those that exist already stay as they are, and nothing opens into them.

    Returns how many were made.
    """
    row = _locked(actor, venue_id)
    if row.state == VenueState.CLOSED:
        raise Conflict(_("This venue is closed."), next_step=_("Publish it again first."))
    _check_hours(hours, now)
    there = list(row.openings.filter(slot__called_off_at=None).values_list("starts_at", "slot__ends_at"))
    there += [(at, at) for at in row.openings.values_list("starts_at", flat=True)]
    long = timedelta(minutes=hours.minutes)
    free = [at for at in _times(hours) if at > now and not any(_meet(at, at + long, *span) for span in there)]
    made = [_open(row, at, hours, now) for at in free]
    _record("venue_opened", actor, row, now)
    return len(made)


def _meet(one: datetime, ends: datetime, other: datetime, until: datetime) -> bool:
    """Two openings at a time would give one room away twice. The same beginning counts even when called off."""
    return one == other or (one < until and other < ends)


def _check_hours(hours: Hours, now: datetime) -> None:
    rules.check(
        last=(hours.first <= hours.last, rules.LATER),
        weekdays=(bool(hours.weekdays) and hours.weekdays <= frozenset(range(7)), rules.CHOSEN),
        minutes=rules.within(hours.minutes, 20, 300),
        count=rules.within(hours.count, 1, 12),
        capacity=rules.within(hours.capacity, 1, MOST_PLACES),
    )
    near = hours.last <= clock.today(now) + AHEAD * 3
    rules.check(last=(near and len(list(_times(hours))) <= MOST_OPENINGS, rules.TOO_FAR))


def _times(hours: Hours) -> Iterator[datetime]:
    day: date = hours.first
    while day <= hours.last:
        if day.weekday() in hours.weekdays:
            start = datetime.combine(day, hours.begins, clock.SHANGHAI)
            for place in range(hours.count):
                yield start + timedelta(minutes=hours.minutes) * place
        day += timedelta(days=1)


def _open(row: Venue, at: datetime, hours: Hours, now: datetime) -> Opening:
    plan = SlotPlan(
        way="first_come",
        starts_at=at,
        ends_at=at + timedelta(minutes=hours.minutes),
        opens_at=min(now, at),
        closes_at=at,
        capacity=hours.capacity,
        max_party=2,
        cancel_until=max(now, at - GIVE_BACK),
        transfer_until=at,
    )
    slot = allocation.create_slot(resource=row.resource, plan=plan, now=now)
    return Opening.objects.create(venue=row, slot=slot, starts_at=at)


@transaction.atomic
def call_off(*, actor: Actor, opening_id: UUID, now: datetime) -> Opening:
    """One opening does not take place; who booked is told by the engine's hook."""
    row = Opening.objects.filter(pk=opening_id).select_related("venue").first()
    if row is None or not venues.may(actor, "run", row.venue):
        raise errors.missing()
    allocation.call_off(slot_id=row.slot_id, reason="", now=now)
    _record("venue_called_off", actor, row.venue, now)
    return row


def hang_up(
    *, actor: Actor, upload: UploadedFile[bytes], venue: Venue | None, show: Show | None, now: datetime
) -> None:
    """One more picture; decoded and drawn anew like every photo."""
    there = Picture.objects.filter(venue=venue, show=show)
    if there.count() >= MOST_PHOTOS:
        raise Conflict(_("There are enough pictures."), next_step=_("Take one down first."))
    assert actor.person_id is not None  # pages are for people who are signed in
    photo = files.store_photo(owner_id=actor.person_id, upload=upload, purpose="activity", now=now)
    place = (there.aggregate(last=Max("place"))["last"] or 0) + 1
    Picture.objects.create(venue=venue, show=show, photo=photo, place=place)


def take_down(*, picture: Picture) -> None:
    photo = picture.photo
    picture.delete()
    files.delete_photos(owner_id=photo.owner_id, ids=[photo.pk], purpose="activity")


def _locked(actor: Actor, venue_id: UUID) -> Venue:
    return Venue.objects.select_for_update().get(pk=venues.get(actor, "run", pk=venue_id).pk)


def _record(what: str, actor: Actor, row: Venue, now: datetime) -> None:
    audit.record(
        action=f"dating.{what}", actor_id=actor.person_id, subject_id=None, target=("venue", str(row.pk)), now=now
    )
