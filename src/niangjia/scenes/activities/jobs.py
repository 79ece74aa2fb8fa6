"""What activities do by themselves."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from niangjia.scenes.activities.services import after, telling


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="activities-minute")
def every_minute(timestamp: int) -> None:
    """Whoever got a place hears of it."""
    telling.tell_settled(now=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="activities-hour")
def every_hour(timestamp: int) -> None:
    """Tomorrow's are remembered, and those that are over are closed."""
    now = datetime.fromtimestamp(timestamp, UTC)
    telling.remind(now=now)
    after.close_ended(now=now)
