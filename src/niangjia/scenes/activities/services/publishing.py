"""Organising an activity: writing it down, publishing it, changing, moving and cancelling it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.access.policies import within
from niangjia.core.audit import services as audit
from niangjia.core.files import services as files
from niangjia.core.files.models import Photo
from niangjia.core.orgs.models import Level, Org
from niangjia.engines.allocation import services as allocation
from niangjia.kernel.errors import Conflict, Forbidden, Invalid
from niangjia.scenes.activities import plan as plans
from niangjia.scenes.activities.addons import MOST_PLACES
from niangjia.scenes.activities.models import Activity, ActivityPhoto, Session, State
from niangjia.scenes.activities.plan import Part, Plan
from niangjia.scenes.activities.policies import activities, series
from niangjia.scenes.activities.selectors.plans import next_year, plan_of
from niangjia.scenes.activities.types import RUN, SCENE

MOST_PHOTOS = 9
_FIXED = (
    "way",
    "quotas",
    "starts_at",
    "ends_at",
    "capacity",
    "max_party",
    "priority",
    "keeps_waiting",
    "rotating",
    "addons",
)


@transaction.atomic
def draft(*, actor: Actor, org_id: UUID, plan: Plan, now: datetime) -> Activity:
    """Write an activity down; nobody sees it yet but the organisers."""
    org = Org.objects.filter(within(actor, RUN, path="path"), pk=org_id, ended_at=None).first()
    if org is None:
        raise Forbidden(_("You cannot organise for this union."), next_step=_("Choose your own or one below it."))
    plan = _for(org, plan)
    _check(actor, plan, org)
    activity = Activity(org=org, made_by_id=actor.person_id, made_at=now, **plans.columns(plan))
    activity.save(force_insert=True)
    _write_programme(activity, plan.programme)
    _record("activity_drafted", actor, activity, now)
    return activity


def _for(org: Org, plan: Plan) -> Plan:
    """What a firm organises is for its own people, unless it says for whom else."""
    if org.level == Level.ENTERPRISE and not plan.audience.orgs:
        return replace(plan, audience=replace(plan.audience, orgs=(org.pk,)))
    return plan


def _check(actor: Actor, plan: Plan, org: Org) -> None:
    plans.check(plan, org=org)
    if plan.series_id:
        series.get(actor, "run", pk=plan.series_id)


@transaction.atomic
def change(*, actor: Actor, activity_id: UUID, plan: Plan, now: datetime) -> Activity:
    """Write it anew. What people counted on when they registered stays, once it is published; see `move`, `resize`."""
    activity = _locked(actor, activity_id)
    plan = _for(activity.org, plan)
    _check(actor, plan, activity.org)
    if activity.state == State.CANCELLED:
        raise Conflict(_("This activity was cancelled."), next_step=_("Copy it to offer it again."))
    if activity.state == State.PUBLISHED:
        plan = replace(plan, **{name: getattr(plan_of(activity), name) for name in (*_FIXED, "programme")})
        _change_window(activity, plan, now)
    wanted = plans.columns(plan)
    for name, value in wanted.items():
        setattr(activity, name, value)
    activity.save(update_fields=list(wanted))
    if activity.state == State.DRAFT:
        _write_programme(activity, plan.programme)
    _record("activity_changed", actor, activity, now)
    return activity


def _change_window(activity: Activity, plan: Plan, now: datetime) -> None:
    before = (activity.opens_at, activity.closes_at, activity.cancel_until)
    if before != (plan.opens_at, plan.closes_at, plan.cancel_until):
        _set_window(activity.places, plan.opens_at, plan.closes_at, plan.cancel_until, now)


def _set_window(slot_id: UUID, opens: datetime, closes: datetime, cancel: datetime, now: datetime) -> None:
    allocation.change_window(
        slot_id=slot_id, opens_at=opens, closes_at=closes, cancel_until=cancel, transfer_until=None, now=now
    )


def _write_programme(activity: Activity, parts: Sequence[Part]) -> None:
    Session.objects.filter(activity=activity).delete()
    rows = [Session(activity=activity, number=number, **vars(part)) for number, part in enumerate(parts, start=1)]
    Session.objects.bulk_create(rows)


@transaction.atomic
def publish(*, actor: Actor, activity_id: UUID, now: datetime) -> Activity:
    """From now on people see it; its places are the engine's."""
    activity = _locked(actor, activity_id)
    if activity.state != State.DRAFT:
        raise Conflict(_("This activity is published already."), next_step=_("Please load the page again."))
    _check(actor, plan_of(activity), activity.org)
    if activity.closes_at <= now:
        hint = _("This is over already.")
        raise Invalid(_("Registration would be closed from the start."), fields={"closes_at": hint})
    _make_places(activity, now)
    activity.state, activity.published_at = State.PUBLISHED, now
    activity.save(update_fields=["state", "published_at", "slot"])
    _record("activity_published", actor, activity, now)
    return activity


def _make_places(activity: Activity, now: datetime) -> None:
    resource = allocation.create_resource(scene=SCENE)
    parts = list(activity.sessions.order_by("number"))
    plan = plans.slot_plan(activity, programme=parts)
    activity.slot = allocation.create_slot(resource=resource, plan=plan, now=now)
    for part in parts:
        if part.capacity:
            part.slot = allocation.create_slot(resource=resource, plan=plans.session_plan(activity, part), now=now)
            part.save(update_fields=["slot"])


@transaction.atomic
def copy(*, actor: Actor, activity_id: UUID, now: datetime) -> Activity:
    """The same again next year: same weekday, same hours, a draft to look through."""
    before = activities.get(actor, "run", pk=activity_id)
    copied = draft(actor=actor, org_id=before.org_id, plan=next_year(plan_of(before)), now=now)
    copied.copied_from = before
    copied.save(update_fields=["copied_from"])
    photos = ActivityPhoto.objects.filter(activity=before).order_by("number")
    ActivityPhoto.objects.bulk_create(
        [ActivityPhoto(activity=copied, photo_id=row.photo_id, number=row.number) for row in photos]
    )
    return copied


@transaction.atomic
def move(
    *, actor: Actor, activity_id: UUID, starts_at: datetime, place: str = "", address: str = "", now: datetime
) -> Activity:
    """To another time or place. Everybody with a place is told, keeps it, and may give it back until it begins."""
    activity = _published(actor, activity_id)
    if starts_at <= now:
        raise Invalid(_("This is over already."), fields={"starts_at": _("Please choose a later time.")})
    shift = starts_at - activity.starts_at
    activity.place = place.strip() or activity.place
    activity.address = address.strip() or (activity.address if not place.strip() else "")
    activity.starts_at, activity.ends_at = starts_at, activity.ends_at + shift
    activity.cancel_until = starts_at
    activity.closes_at = activity.closes_at + shift
    activity.opens_at = min(activity.opens_at, activity.closes_at - timedelta(minutes=1))
    activity.reminded_at = None
    _record("activity_moved", actor, activity, now)
    activity.save(update_fields=[
        "place", "address", "starts_at", "ends_at", "cancel_until", "closes_at", "opens_at", "reminded_at",
    ])  # fmt: skip
    _move_places(activity, shift, now)
    return activity


def _move_places(activity: Activity, shift: timedelta, now: datetime) -> None:
    """The engine tells everybody; the parts of the programme come along in silence."""
    for part in activity.sessions.order_by("number"):
        part.starts_at, part.ends_at = part.starts_at + shift, part.ends_at + shift
        part.save(update_fields=["starts_at", "ends_at"])
        if part.slot_id:
            allocation.move_slot(slot_id=part.slot_id, starts_at=part.starts_at, ends_at=part.ends_at, now=now)
            closes = min(activity.closes_at, part.ends_at)
            _set_window(part.slot_id, activity.opens_at, closes, part.starts_at, now)
    _set_window(activity.places, activity.opens_at, activity.closes_at, activity.cancel_until, now)
    allocation.move_slot(slot_id=activity.places, starts_at=activity.starts_at, ends_at=activity.ends_at, now=now)


@transaction.atomic
def cancel(*, actor: Actor, activity_id: UUID, reason: str, now: datetime) -> Activity:
    """It does not take place; everybody concerned is told why."""
    activity = _published(actor, activity_id)
    if len(reason.strip()) < 2:
        hint = _("Please write a sentence for those who looked forward to it.")
        raise Invalid(hint, fields={"reason": hint})
    activity.state, activity.cancelled_at, activity.cancel_reason = State.CANCELLED, now, reason.strip()[:200]
    activity.save(update_fields=["state", "cancelled_at", "cancel_reason"])
    parts = activity.sessions.filter(slot__isnull=False).order_by("number").values_list("slot_id", flat=True)
    for slot_id in (*(part for part in parts if part), activity.places):
        allocation.call_off(slot_id=slot_id, reason=activity.cancel_reason, now=now)
    _record("activity_cancelled", actor, activity, now)
    return activity


@transaction.atomic
def resize(*, actor: Actor, activity_id: UUID, capacity: int, now: datetime) -> Activity:
    """More places, or fewer, but never fewer than are taken; new ones go to the waiting list first."""
    activity = _published(actor, activity_id)
    if not 1 <= capacity <= 1_000_000:
        raise Invalid(_("Please check the number of places."), fields={"capacity": _("From 1 to 1,000,000.")})
    allocation.set_capacity(slot_id=activity.places, capacity=capacity, now=now)
    activity.capacity = capacity
    activity.save(update_fields=["capacity"])
    _record("activity_resized", actor, activity, now)
    return activity


@transaction.atomic
def resize_addon(*, actor: Actor, activity_id: UUID, code: str, places: int, now: datetime) -> Activity:
    """More lunches, or fewer, but never fewer than are taken; whoever waits for one gets it."""
    activity = _published(actor, activity_id)
    if not 1 <= places <= MOST_PLACES:
        raise Invalid(_("Please check the number of places."), fields={"capacity": _("From 1 to 1,000,000.")})
    allocation.set_capacity(slot_id=activity.places, capacity=places, key=code, is_addon=True, now=now)
    activity.addons = [{**row, "places": places} if row["code"] == code else row for row in activity.addons]
    activity.save(update_fields=["addons"])
    _record("activity_resized", actor, activity, now)
    return activity


def add_photo(*, actor: Actor, activity_id: UUID, upload: UploadedFile[bytes], now: datetime) -> Photo:
    """Hang up one more picture; decoded and drawn anew like every photo."""
    activity = activities.get(actor, "run", pk=activity_id)
    assert actor.person_id is not None  # the policy gave them an activity
    photo = files.store_photo(owner_id=actor.person_id, upload=upload, purpose=Photo.Purpose.ACTIVITY, now=now)
    with transaction.atomic():
        Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        last = ActivityPhoto.objects.filter(activity=activity).order_by("-number").first()
        if ActivityPhoto.objects.filter(activity=activity).count() >= MOST_PHOTOS:
            raise Conflict(_("Nine pictures are enough."), next_step=_("Take one down first."))
        ActivityPhoto.objects.create(activity=activity, photo=photo, number=last.number + 1 if last else 1)
    return photo


@transaction.atomic
def drop_photo(*, actor: Actor, activity_id: UUID, photo_id: UUID) -> None:
    """Take a picture down; the file goes once no activity shows it any more."""
    activity = activities.get(actor, "run", pk=activity_id)
    gone = ActivityPhoto.objects.filter(activity=activity, photo_id=photo_id).select_related("photo").first()
    if gone is None:
        return
    gone.delete()
    if not ActivityPhoto.objects.filter(photo_id=photo_id).exists():
        files.delete_photos(owner_id=gone.photo.owner_id, ids=[photo_id], purpose=Photo.Purpose.ACTIVITY)


def _locked(actor: Actor, activity_id: UUID) -> Activity:
    found = activities.get(actor, "run", pk=activity_id)
    return Activity.objects.select_for_update(of=("self",)).select_related("org").get(pk=found.pk)


def _published(actor: Actor, activity_id: UUID) -> Activity:
    activity = _locked(actor, activity_id)
    if activity.state != State.PUBLISHED:
        raise Conflict(_("This activity is not on offer."), next_step=_("Publish it first, or copy it."))
    return activity


def _record(action: str, actor: Actor, activity: Activity, now: datetime) -> None:
    audit.record(
        action=action, actor_id=actor.person_id, subject_id=None, target=("activities_activity", activity.pk), now=now
    )
