"""Organising an event: writing it down, publishing, cancelling."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core import rules
from niangjia.core.access import Actor
from niangjia.core.access.policies import within
from niangjia.core.audit import services as audit
from niangjia.core.messages import services as messages
from niangjia.core.orgs.models import Org
from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.types import Quota, SlotPlan
from niangjia.kernel.errors import Conflict, Forbidden, Invalid
from niangjia.scenes.dating.events import asking, sealing
from niangjia.scenes.dating.events.policies import events
from niangjia.scenes.dating.events.types import MOST_PICKS, MOST_PLACES, MOST_ROUNDS, RUN, SCENE, SIDES, Plan, key_of
from niangjia.scenes.dating.models import Entrant, Event
from niangjia.scenes.dating.models.events import Kind, State


@transaction.atomic
def draft(*, actor: Actor, org_id: UUID, plan: Plan, now: datetime) -> Event:
    """Write an event down; nobody sees it yet but those who organise."""
    org = Org.objects.filter(within(actor, RUN, path="path"), pk=org_id, ended_at=None).first()
    if org is None:
        raise Forbidden(_("You cannot organise for this union."), next_step=_("Choose your own or one below it."))
    check(plan)
    event = Event(org=org, made_by_id=actor.person_id, **asdict(plan))
    event.save(force_insert=True)
    _record("event_drafted", actor, event, now)
    return event


@transaction.atomic
def change(*, actor: Actor, event_id: UUID, plan: Plan, now: datetime) -> Event:
    """Anything while it is a draft; afterwards words and the place only: people counted on the rest."""
    event = _locked(actor, event_id)
    check(plan)
    words = {"title": plan.title, "about": plan.about, "place": plan.place}
    for name, value in (asdict(plan) if event.state == State.DRAFT else words).items():
        setattr(event, name, value)
    event.save()
    _record("event_changed", actor, event, now)
    return event


def check(plan: Plan) -> None:
    """Refuse what cannot be meant, with a word beside each field."""
    rounds = plan.kind != Kind.SELECTION
    ordered = plan.age_from is None or plan.age_to is None or plan.age_from <= plan.age_to
    of_rounds = {
        "rounds": rules.within(plan.rounds, 1, MOST_ROUNDS),
        "tables": rules.within(plan.tables, 1, MOST_PLACES),
        "minutes": rules.within(plan.minutes, 1, 60),
    }
    rules.check(
        kind=(plan.kind in Kind.values, rules.CHOSEN),
        title=rules.written(plan.title, 2, 60),
        closes_at=(plan.opens_at < plan.closes_at, rules.LATER),
        places=rules.within(plan.places, 1, MOST_PLACES),
        age_to=(ordered, _("The first number must be the smaller one.")),
        **(of_rounds if rounds else {"picks": rules.within(plan.picks, 1, MOST_PICKS)}),
    )


@transaction.atomic
def publish(*, actor: Actor, event_id: UUID, now: datetime) -> Event:
    """From now on people enter. The key under which they choose is drawn here."""
    event = _locked(actor, event_id)
    if event.state != State.DRAFT:
        raise Conflict(_("It is published already."), next_step=_("Have a look at its page."))
    if event.closes_at <= now:
        raise Invalid(_("It would be over already."), fields={"closes_at": _("Please check this.")})
    event.slot = allocation.create_slot(
        resource=allocation.create_resource(scene=SCENE), plan=_slot_of(event, now), now=now
    )
    event.key, event.state = sealing.new_key(), State.PUBLISHED
    event.save()
    asking.at_the_close(event)
    _record("event_published", actor, event, now)
    return event


def _slot_of(event: Event, now: datetime) -> SlotPlan:
    """As many places for women as for men. A mutual selection takes up no time of the day, and may be entered until
    the end; an evening takes its time."""
    any_time = event.kind == Kind.SELECTION
    return SlotPlan(
        way="first_come",
        starts_at=event.closes_at - timedelta(seconds=1) if any_time else event.opens_at,
        ends_at=event.closes_at,
        opens_at=now,
        closes_at=event.closes_at,
        capacity=event.places * len(SIDES),
        quotas=tuple(Quota(key_of(side), event.places) for side in SIDES),
        overlaps_allowed=event.kind != Kind.EVENING,  # one can step out to the phone for five minutes
    )


@transaction.atomic
def cancel(*, actor: Actor, event_id: UUID, now: datetime) -> Event:
    """Everybody who entered is told; what was chosen is destroyed."""
    event = _locked(actor, event_id)
    if event.closed_at is not None or event.state == State.CANCELLED:
        raise Conflict(_("It is over already."), next_step=_("Have a look at its page."))
    if event.slot_id:
        allocation.call_off(slot_id=event.slot_id, reason="", now=now)
    people = Entrant.objects.filter(event=event, left_at=None)
    told = list(people.order_by("profile__person_id").values_list("profile__person_id", flat=True))
    messages.send_many(person_ids=told, template="dating_event_cancelled", params={"title": event.title}, now=now)
    people.update(sealed=b"")
    event.state, event.key = State.CANCELLED, ""
    event.save()
    _record("event_cancelled", actor, event, now)
    return event


def _locked(actor: Actor, event_id: UUID) -> Event:
    return Event.objects.select_for_update().get(pk=events.get(actor, "run", pk=event_id).pk)


def _record(what: str, actor: Actor, event: Event, now: datetime) -> None:
    audit.record(
        action=f"dating.{what}", actor_id=actor.person_id, subject_id=None, target=("event", str(event.pk)), now=now
    )
