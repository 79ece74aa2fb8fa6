"""What falls by itself falls within the hour, whatever else went wrong."""

from procrastinate.contrib.django import app

from niangjia.core.attestations.services import deadlines, employment, identity, pledges, standing
from niangjia.kernel import clock


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="facts-fall")
def let_facts_fall(timestamp: int) -> None:
    now = clock.now()
    pledges.fall_expired(now=now)
    employment.fall_with_employers(now=now)
    employment.fall_off_rolls(now=now)
    identity.forget_checks(before=now - identity.LIFE)


@app.periodic(cron="30 1 * * *")
@app.task(queueing_lock="facts-remind")
def remind_and_pass_on(timestamp: int) -> None:
    """Half past nine in the morning in China."""
    now = clock.now()
    standing.remind_of_ends(now=now)
    deadlines.pass_on_overdue(now=now)
