"""What safety does by itself: ask contacts to call, wake those who rested, forget."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from niangjia.scenes.dating.safety import dates, resting


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="dating-safety-minute")
def every_minute(timestamp: int) -> None:
    now = datetime.fromtimestamp(timestamp, UTC)
    dates.tell_of_late(now=now)
    resting.wake(now=now)
    dates.forget_old(now=now)
