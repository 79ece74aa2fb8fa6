"""Photos are looked at soon after they are shown; what the guard kept is forgotten after half a year."""

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.scenes.dating.scam import photos
from niangjia.scenes.dating.scam.models import Alarm, Script
from niangjia.scenes.dating.scam.types import KEPT


@app.periodic(cron="*/3 * * * *")
@app.task(queueing_lock="dating-scam-photos")
def look_at_photos(timestamp: int) -> None:
    photos.look_at_new(now=clock.now())


@app.task
def look_now() -> None:
    """Somebody has chosen new photos, which wait for this."""
    photos.look_at_new(now=clock.now())


@app.periodic(cron="25 17 * * *")
@app.task(queueing_lock="dating-scam-forget")
def forget(timestamp: int) -> None:
    """Warnings of cases that still wait stay."""
    late = clock.now() - KEPT
    Alarm.objects.filter(at__lt=late, file__closed_at__isnull=False).delete()
    Script.objects.filter(at__lt=late).delete()
