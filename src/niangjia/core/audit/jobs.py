"""The chain grows by itself."""

from procrastinate.contrib.django import app

from niangjia.core.audit import services


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="audit-seal")
def seal_audit_log(timestamp: int) -> None:
    while services.seal_events() == services.SEAL_BATCH:
        continue
