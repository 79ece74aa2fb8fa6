"""What the list and the programme do by themselves."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.scenes.dating.weekly import desk, interests, programme

SUGGEST: Final = "niangjia.scenes.dating.weekly.jobs.suggest"


@app.periodic(cron="12 0 * * 1")  # Monday, ten past eight in China
@app.task(queueing_lock="dating-weekly-draft")
def draft_week(timestamp: int) -> None:
    """A draft for every town; people at the desk look through it."""
    desk.draft_week(now=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="20 16 * * *")  # at night, so that no count tells when somebody answered
@app.task(queueing_lock="dating-weekly-night")
def night(timestamp: int) -> None:
    now = datetime.fromtimestamp(timestamp, UTC)
    interests.settle()
    interests.forget(now=now)
    desk.close_due(now=now)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="dating-lives")
def lives(timestamp: int) -> None:
    programme.look_after(now=datetime.fromtimestamp(timestamp, UTC))


@app.task
def suggest(org_id: str) -> None:
    from niangjia.scenes.dating.weekly import suggesting  # noqa: PLC0415  # numba has no place in a web process

    suggesting.suggest(org_id=UUID(org_id), now=clock.now())
