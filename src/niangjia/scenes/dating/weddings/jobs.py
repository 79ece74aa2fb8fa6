"""Every night: applications that the partner never answered are gone, with the number in them."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from niangjia.scenes.dating.weddings import applying


@app.periodic(cron="35 16 * * *")  # after midnight in China
@app.task(queueing_lock="dating-weddings-night")
def night(timestamp: int) -> None:
    applying.forget_unanswered(now=datetime.fromtimestamp(timestamp, UTC))
