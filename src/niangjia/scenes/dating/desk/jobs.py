"""What the desk does by itself: settle, ask how the two are, forget what nobody confirmed."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.scenes.dating.desk import calls, following, introducing, keeping, registering


@app.periodic(cron="5 1 * * *")  # at nine in the morning in China
@app.task(queueing_lock="dating-desk-morning")
def morning(timestamp: int) -> None:
    following.ask_due(now=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="dating-desk-settle")
def settle(timestamp: int) -> None:
    """Introductions whose day has come, and calls that are over."""
    now = datetime.fromtimestamp(timestamp, UTC)
    introducing.settle_due(now=now)
    calls.forget(now=now)


@app.periodic(cron="25 16 * * *")  # after midnight in China
@app.task(queueing_lock="dating-desk-night")
def night(timestamp: int) -> None:
    """Nothing is kept longer than was promised; suggestions are made anew."""
    now = datetime.fromtimestamp(timestamp, UTC)
    registering.forget_unanswered(now=now)
    keeping.keep_the_rule(now=now)
    suggest.defer()


@app.task(queueing_lock="dating-desk-suggest")
def suggest() -> None:
    from niangjia.scenes.dating.desk import suggesting  # noqa: PLC0415  # see there: not into web processes

    suggesting.suggest_all(now=clock.now())
