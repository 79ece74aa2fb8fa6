"""What dating does by itself, every night."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from niangjia.scenes.dating.services import decisions, seeing, standing


@app.periodic(cron="12 16 * * *")  # just after midnight in China
@app.task(queueing_lock="dating-night")
def night(timestamp: int) -> None:
    """Profiles agree with what is attested, yesterday's looking around and old passes are forgotten."""
    now = datetime.fromtimestamp(timestamp, UTC)
    standing.renew_all(now=now)
    seeing.forget_days(now=now)
    decisions.forget_passes(now=now)
