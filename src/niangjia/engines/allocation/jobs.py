"""What happens by the clock. Each may run twice, late, or in two workers at once."""

from procrastinate.contrib.django import app

from niangjia.engines.allocation import services
from niangjia.engines.allocation.statements import database_now


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="allocation-minute")
def every_minute(timestamp: int) -> None:
    """In this order: what lapses and flows back is there for the draw, and what is left for those who wait."""
    now = database_now()
    services.expire(now=now)
    services.flow_back(now=now)
    services.draw_due(now=now)
    services.promote_due(now=now)


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="allocation-absences")
def every_hour(timestamp: int) -> None:
    services.count_due(now=database_now())
