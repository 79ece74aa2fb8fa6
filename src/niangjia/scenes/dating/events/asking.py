"""Asking the worker, without what it takes to do the work: web processes stay small."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from niangjia.scenes.dating.models import Event

_JOBS: Final = "niangjia.scenes.dating.events.jobs"
AHEAD: Final = timedelta(seconds=8)  # the worker looks for what is due every five seconds: it comes early, and waits


def at_the_close(event: Event) -> None:
    """Somebody is there when the event closes, to the second."""
    app.configure_task(f"{_JOBS}.close_event", schedule={"at": event.closes_at - AHEAD}).defer(event_id=str(event.pk))


def for_hands(event_id: UUID) -> None:
    """The order in which others are shown, anew: somebody came. In a minute, so that a crowd is one job."""
    _once(f"{_JOBS}.arrange_event", event_id, schedule_in={"seconds": 60}, lock=f"dating-hands-{event_id}")


def for_a_plan(event_id: UUID) -> None:
    """Who sits with whom in the rounds to come, anew: somebody came late, or is not here."""
    _once(f"{_JOBS}.plan_event", event_id)


def for_a_second_round(event_id: UUID) -> None:
    _once(f"{_JOBS}.second_round", event_id)


def _once(task: str, event_id: UUID, **more: Any) -> None:
    """Asked ten times while it waits is asked once."""
    try:
        with transaction.atomic():
            app.configure_task(task, queueing_lock=f"{task}-{event_id}", **more).defer(event_id=str(event_id))
    except AlreadyEnqueued:
        return
