"""Photos are looked at soon after they are shown; what the guard kept is forgotten after half a year."""

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.scenes.dating.scam import photos
from niangjia.scenes.dating.scam.models import Alarm, Script
from niangjia.scenes.dating.scam.types import FOLDED_KEPT, KEPT


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
    """Warnings of cases that still wait stay, and those of messages that nobody has opened: they keep them folded."""
    now = clock.now()
    done = Alarm.objects.filter(file__closed_at__isnull=False)
    done.filter(at__lt=now - KEPT, opened_at__isnull=False).delete()
    done.filter(at__lt=now - FOLDED_KEPT).delete()
    Script.objects.filter(at__lt=now - KEPT).delete()
