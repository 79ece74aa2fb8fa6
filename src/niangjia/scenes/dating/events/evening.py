"""An evening of short talks, at tables or online: who is here, the rounds, and the end."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.models import CheckInList
from niangjia.engines.allocation.types import ScanIn
from niangjia.kernel.errors import Conflict
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.events import asking, closing, errors
from niangjia.scenes.dating.events.policies import events
from niangjia.scenes.dating.models import Entrant, Event, Talk
from niangjia.scenes.dating.models.events import Kind, State


def running(actor: Actor, event_id: UUID) -> Event:
    """An event with rounds that goes on, locked."""
    event = Event.objects.select_for_update().get(pk=events.get(actor, "run", pk=event_id).pk)
    if event.kind == Kind.SELECTION or event.state != State.PUBLISHED or event.closed_at is not None:
        raise errors.Over
    return event


@transaction.atomic
def mark(*, actor: Actor, event_id: UUID, entrant_id: UUID, here: bool, now: datetime) -> Entrant:
    """Somebody arrived, or is not here: the rounds to come are planned anew, at once."""
    event = running(actor, event_id)
    row = Entrant.objects.select_for_update().filter(event=event, pk=entrant_id, left_at=None).first()
    if row is None:
        raise errors.missing()
    row.here = "here" if here else "away"
    row.save(update_fields=["here"])
    if here and row.booking_id and actor.person_id:
        door = CheckInList.objects.get(slot=event.slot_id, is_entrance=True)
        scan = ScanIn(id=new_id(), at=now, booking_id=row.booking_id)
        allocation.check_in(list_id=door.pk, scans=[scan], by_id=actor.person_id, now=now)
    asking.for_a_plan(event.pk)
    return row


@transaction.atomic
def next_round(*, actor: Actor, event_id: UUID, now: datetime) -> Event:
    """The bell: everybody to the next table."""
    event = running(actor, event_id)
    if event.planned_at is None:
        raise Conflict(_("The tables are not planned yet."), next_step=_("It takes a second; please try again."))
    if event.round >= event.rounds:
        raise Conflict(_("That was the last round."), next_step=_("End the evening when everybody has answered."))
    event.round, event.round_began_at = event.round + 1, now
    event.save(update_fields=["round", "round_began_at"])
    return event


@transaction.atomic
def say_word(*, actor: Actor, event_id: UUID, word: str) -> None:
    """A line from the host, on everybody's phone."""
    event = running(actor, event_id)
    event.word = word.strip()[:120]
    event.save(update_fields=["word"])


@transaction.atomic
def end(*, actor: Actor, event_id: UUID, now: datetime) -> Event:
    """Everybody has answered: the close comes now instead of at its hour."""
    event = running(actor, event_id)
    event.opens_at, event.closes_at = min(event.opens_at, now - timedelta(seconds=1)), now
    event.save(update_fields=["opens_at", "closes_at"])
    return closing.close(event_id=event.pk, now=now)


@transaction.atomic
def leave_talk(*, person_id: UUID, talk_id: UUID, now: datetime) -> None:
    """Out of a talk, at any time and without a reason."""
    talk = talk_of(person_id, talk_id)
    Talk.objects.filter(pk=talk.pk, ended_at=None).update(ended_at=now)


@transaction.atomic
def end_talk(*, actor: Actor, event_id: UUID, talk_id: UUID, now: datetime) -> None:
    """The host ends a talk."""
    event = running(actor, event_id)
    Talk.objects.filter(pk=talk_id, event=event, ended_at=None).update(ended_at=now)


def talk_of(person_id: UUID, talk_id: UUID) -> Talk:
    """A talk of my own."""
    talk = Talk.objects.filter(pk=talk_id).select_related("event", "woman__profile", "man__profile").first()
    if talk is None or person_id not in (talk.woman.profile.person_id, talk.man.profile.person_id):
        raise errors.missing()
    return talk


def ends_at(event: Event) -> datetime | None:
    """When the bell rings for the talks of this round."""
    return event.round_began_at + timedelta(minutes=event.minutes) if event.round_began_at else None
