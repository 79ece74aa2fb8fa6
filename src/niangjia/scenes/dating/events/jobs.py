"""What events do by themselves: close to the second, plan, deal, ask a second time, forget."""

import time
from datetime import UTC, datetime
from uuid import UUID

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.scenes.dating.events import answering, calls, closing
from niangjia.scenes.dating.events.asking import AHEAD
from niangjia.scenes.dating.events.selectors import due
from niangjia.scenes.dating.models import Event


@app.task
def close_event(event_id: str) -> None:
    """Comes a little early and waits for the moment. One that comes far too early leaves it to the minute's round."""
    closes_at = Event.objects.filter(pk=event_id).values_list("closes_at", flat=True).first()
    if closes_at is None or closes_at - clock.now() > AHEAD * 2:
        return
    time.sleep(max(0.0, (closes_at - clock.now()).total_seconds()))
    closing.close(event_id=UUID(event_id), now=max(clock.now(), closes_at))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="dating-events-minute")
def every_minute(timestamp: int) -> None:
    """Whatever should have closed has; calls and second rounds that are over are forgotten."""
    now = datetime.fromtimestamp(timestamp, UTC)
    for event_id in due(now):
        closing.close(event_id=event_id, now=now)
    calls.forget_signals(now=now)
    answering.forget_second_rounds(now=now)


@app.task
def arrange_event(event_id: str) -> None:
    from niangjia.scenes.dating.events import room  # noqa: PLC0415  # see there: not into web processes

    room.deal(event_id=UUID(event_id), now=clock.now())


@app.task
def plan_event(event_id: str) -> None:
    from niangjia.scenes.dating.events import planning  # noqa: PLC0415  # see there: not into web processes

    planning.plan_rounds(event_id=UUID(event_id), now=clock.now())


@app.task
def second_round(event_id: str) -> None:
    from niangjia.scenes.dating.events import second  # noqa: PLC0415  # see there: not into web processes

    second.offer(event_id=UUID(event_id), now=clock.now())
