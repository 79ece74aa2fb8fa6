"""Deadlines watch themselves."""

from procrastinate.contrib.django import app

from niangjia.engines.workflow import services
from niangjia.kernel import clock


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="workflow-escalate")
def escalate_overdue(timestamp: int) -> None:
    services.escalate_overdue(now=clock.now())
