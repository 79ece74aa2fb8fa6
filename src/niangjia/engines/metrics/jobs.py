"""Counting happens at night, once a week; a night that was missed is made up for."""

from procrastinate.contrib.django import app

from niangjia.engines.metrics import services
from niangjia.kernel import clock

WEEKS = 52


@app.periodic(cron="40 18 * * *")
@app.task(queueing_lock="metrics-observe")
def observe_weeks(timestamp: int) -> None:
    """At 18:40 UTC it is 2:40 at night in China."""
    services.observe_weeks(weeks=WEEKS, now=clock.now())
