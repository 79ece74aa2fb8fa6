"""What has had its day is deleted: codes, tickets, counted tries and sessions."""

from datetime import datetime, timedelta

from procrastinate.contrib.django import app

from niangjia.core.accounts.models import Bucket, Session, SignInCode, Ticket
from niangjia.kernel import clock

STAYS = timedelta(days=1)  # that somebody who asks why a code did not work can be answered


@app.periodic(cron="40 18 * * *")
@app.task(queueing_lock="accounts-forget")
def forget_what_expired(timestamp: int) -> None:
    """Twenty to three at night in China."""
    forget(now=clock.now())


def forget(*, now: datetime) -> int:
    """Returns how many rows went."""
    expired = (
        SignInCode.objects.filter(expires_at__lt=now - STAYS),
        Ticket.objects.filter(expires_at__lt=now - STAYS),
        Bucket.objects.filter(ends_at__lt=now - STAYS),
        Session.objects.filter(expire_date__lt=now),
    )
    return sum(rows.delete()[0] for rows in expired)
