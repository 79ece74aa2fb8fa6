"""What venues do by themselves."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from niangjia.scenes.dating.venues import booking


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="dating-venues")
def look_after(timestamp: int) -> None:
    """Places that wait for somebody who did not answer fall free in time."""
    booking.free_unanswered(now=datetime.fromtimestamp(timestamp, UTC))
