"""What dating does by itself, every night."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict
from niangjia.scenes.dating.chat import jobs as chat
from niangjia.scenes.dating.desk import jobs as desk
from niangjia.scenes.dating.events import jobs as events
from niangjia.scenes.dating.safety import jobs as safety
from niangjia.scenes.dating.scam import jobs as scam
from niangjia.scenes.dating.services import decisions, seeing, standing
from niangjia.scenes.dating.venues import jobs as venues
from niangjia.scenes.dating.weddings import jobs as weddings
from niangjia.scenes.dating.weekly import jobs as weekly

__all__ = [
    "chat", "desk", "events", "make_lists", "night", "rank_members", "safety", "scam", "venues", "weddings", "weekly",
]  # fmt: skip


@app.periodic(cron="12 16 * * *")  # just after midnight in China
@app.task(queueing_lock="dating-night")
def night(timestamp: int) -> None:
    """Profiles agree with what is attested, yesterday's looking around and old passes are forgotten."""
    now = datetime.fromtimestamp(timestamp, UTC)
    standing.renew_all(now=now)
    seeing.forget_days(now=now)
    seeing.count_pool(now=now)
    decisions.forget_passes(now=now)


@app.periodic(cron="40 16 * * *")  # after the night's work above
@app.task(queueing_lock="dating-lists")
def make_lists(timestamp: int) -> None:
    """Everybody's list of the day. What comes of it stands on the cockpit's page."""
    from niangjia.scenes.dating.services import recommending  # noqa: PLC0415  # see there: not into web processes

    try:
        recommending.make_lists(now=clock.now())
    except Conflict:
        return  # another worker is at it


@app.task
def rank_members(person_ids: Sequence[str]) -> None:
    """Lists for those who cannot wait for the night."""
    from niangjia.scenes.dating.services import recommending  # noqa: PLC0415  # see there: not into web processes

    recommending.rank_members(person_ids=[UUID(key) for key in person_ids], now=clock.now())
