"""Meet-ups: a member has an idea, the union agrees, people come in by the allocation engine's places."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core import rules
from niangjia.core.access import Actor
from niangjia.core.access.policies import within
from niangjia.core.accounts import limits
from niangjia.core.audit import services as audit
from niangjia.core.messages import services as messages
from niangjia.engines.allocation import hooks
from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.models import Booking, Slot
from niangjia.engines.allocation.types import LIVE, Claimant, Claimed, Event, SlotPlan
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.types import Moved
from niangjia.kernel.errors import Conflict, NotFound
from niangjia.scenes.dating import places
from niangjia.scenes.dating.planets.errors import Closed, NotJoined, Passed, no_meetup
from niangjia.scenes.dating.planets.meetups import one_meetup
from niangjia.scenes.dating.planets.models import Meetup
from niangjia.scenes.dating.planets.selectors import home, planet_of
from niangjia.scenes.dating.planets.types import AGREE_MEETUP, RUN_PLANETS, SCENE, Wanted
from niangjia.scenes.dating.selectors.people import seeker

A_WEEK = (limits.Limit("dating-meetups", 3, 7 * 86400),)
AHEAD, LONGEST = timedelta(days=90), timedelta(hours=24)


def propose(*, person_id: UUID, planet_id: UUID, wanted: Wanted, key: UUID, now: datetime) -> Meetup:
    """An idea; nobody else sees it before the union has agreed. `key` is drawn by the phone: sent twice, it is one."""
    me = seeker(person_id, now)
    where = home(me, planet_id, now)
    if where.closed:
        raise Closed
    if not where.joined:
        raise NotJoined
    _check(wanted, now)
    before = Meetup.objects.filter(proposer=me, key=key).first()
    if before:
        return before
    limits.take(A_WEEK, who=str(person_id), now=now)
    words = {name: getattr(wanted, name).strip() for name in ("title", "about", "place")}
    plain = {name: getattr(wanted, name) for name in ("district", "starts_at", "ends_at", "places", "named")}
    row = Meetup(planet_id=planet_id, proposer=me, key=key, **words, **plain)
    try:
        with transaction.atomic():
            row.case = workflow.open_case(
                kind=AGREE_MEETUP, org=planet_of(planet_id).org, about_id=person_id, opened_by_id=person_id,
                summary="", now=now,
            )  # fmt: skip
            row.save(force_insert=True)
    except IntegrityError:
        return Meetup.objects.get(proposer=me, key=key)
    return row


def _check(wanted: Wanted, now: datetime) -> None:
    soon, far = now + timedelta(hours=1), now + AHEAD
    rules.check(
        title=rules.written(wanted.title, 2, 40),
        about=rules.written(wanted.about, 0, 500),
        place=rules.written(wanted.place, 2, 60),
        district=(not wanted.district or places.is_district(wanted.district), rules.CHOSEN),
        starts_at=(soon <= wanted.starts_at <= far, rules.TOO_FAR if wanted.starts_at > far else rules.AHEAD),
        ends_at=(wanted.starts_at < wanted.ends_at <= wanted.starts_at + LONGEST, rules.LATER),
        places=rules.within(wanted.places, 2, 200),
    )


def decided(moved: Moved) -> None:
    """With the union's word it has places and opens at once; without it the proposer reads why."""
    row = Meetup.objects.select_for_update(of=("self",)).filter(case=moved.case_id).first()
    if row is not None:
        _settle(row, moved)


def appeal_decided(moved: Moved) -> None:
    case = Meetup.objects.select_for_update(of=("self",)).filter(case__appeals=moved.case_id)
    row = case.first()
    if row is not None:
        _settle(row, moved)


def _settle(row: Meetup, moved: Moved) -> None:
    if moved.transition == "agree" and row.state in ("proposed", "refused"):
        row.slot, row.state = _slot_for(row, moved.now), "agreed"
    elif moved.transition == "refuse":
        row.state = "refused"
    row.save(update_fields=["slot", "state"])
    if moved.about_id:
        words = {"title": row.title, "receipt": moved.receipt}
        template = "dating_meetup_agreed" if row.state == "agreed" else "dating_meetup_refused"
        messages.send(person_id=moved.about_id, template=template, params=words, now=moved.now)


def _slot_for(row: Meetup, now: datetime) -> Slot:
    if row.starts_at <= now:
        raise Conflict(_("It would be over already."), next_step=_("Refuse it, and ask for another day."))
    plan = SlotPlan("first_come", row.starts_at, row.ends_at, now, row.starts_at, row.places)
    return allocation.create_slot(resource=allocation.create_resource(scene=SCENE), plan=plan, now=now)


def enter(
    *, person_id: UUID, meetup_id: UUID, key: UUID, wait: bool = False, now: datetime, clock: datetime | None = None
) -> Claimed:
    """A place, or in line for one."""
    me = seeker(person_id, now)
    row = one_meetup(me, meetup_id, now)
    if row.state != "agreed" or row.slot_id is None:
        raise Passed
    claimed = allocation.claim(slot_id=row.slot_id, by=Claimant(person_id), request_key=key, wait=wait, now=clock)
    if claimed.state == "booked":
        allocation.mark_told(booking_ids=[claimed.booking_id], now=now)
    return claimed


def withdraw(*, person_id: UUID, meetup_id: UUID, now: datetime) -> None:
    """My place goes to the next."""
    booking = Booking.objects.filter(
        slot__in=Meetup.objects.filter(pk=meetup_id).values("slot"), person=person_id, state__in=LIVE
    ).first()
    if booking is None:
        raise no_meetup()
    allocation.cancel(booking_id=booking.pk, by_id=person_id, now=now, late=True)


@transaction.atomic
def cancel(*, actor: Actor, meetup_id: UUID, now: datetime) -> Meetup:
    """Everybody who has a place or waits for one is told."""
    rows = Meetup.objects.select_for_update(of=("self",)).filter(within(actor, RUN_PLANETS, path="planet__org__path"))
    row = rows.filter(pk=meetup_id, state="agreed").first()
    if row is None or row.slot_id is None:
        raise NotFound(_("We could not find this meet-up."), next_step=_("Please go back and look again."))
    told = Booking.objects.filter(slot=row.slot_id, state__in=LIVE, person__isnull=False).order_by("person")
    people = list(told.values_list("person", flat=True))
    allocation.call_off(slot_id=row.slot_id, reason="", now=now)
    messages.send_many(person_ids=people, template="dating_meetup_cancelled", params={"title": row.title}, now=now)
    row.state = "cancelled"
    row.save(update_fields=["state"])
    audit.record(
        action="dating.meetup_cancelled", actor_id=actor.person_id, subject_id=None, target=("meetup", str(row.pk)),
        now=now,
    )  # fmt: skip
    return row


def leave_all(person_id: UUID, now: datetime) -> None:
    """Somebody leaves dating: their places fall to others; ideas not decided go, agreed ones go on without a host."""
    slots = Meetup.objects.filter(slot__isnull=False, ends_at__gt=now).values_list("slot", flat=True)
    for booking in Booking.objects.filter(slot__in=list(slots), person=person_id, state__in=LIVE):
        allocation.cancel(booking_id=booking.pk, by_id=None, now=now, late=True)
    own = Meetup.objects.filter(proposer__person=person_id)
    own.exclude(state="agreed").delete()
    for row in own.select_for_update(of=("self",)).order_by("pk"):
        row.about, row.named = "", False
        row.save(update_fields=["about", "named"])


def told(news: Event) -> None:
    """Somebody from the waiting list has a place now."""
    row = Meetup.objects.filter(slot=news.slot_id).first() if news.slot_id else None
    if row is not None and news.what == "booked":
        messages.send_many(
            person_ids=news.person_ids, template="dating_meetup_place", params={"title": row.title}, now=news.now
        )


hooks.register(scene=SCENE, told=told)
