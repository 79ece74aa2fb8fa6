"""Photos that must not be kept go by themselves."""

from procrastinate.contrib.django import app

from niangjia.core.files import services
from niangjia.kernel import clock


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="files-delete-due")
def delete_due_photos(timestamp: int) -> None:
    services.delete_due(now=clock.now())


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="files-sweep")
def sweep_lost_files(timestamp: int) -> None:
    services.sweep(now=clock.now())
