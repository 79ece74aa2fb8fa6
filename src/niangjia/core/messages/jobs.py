"""Sending what waits, with patience when the provider is slow or gone."""

import json
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from niangjia.core import ports
from niangjia.core.messages.models import Note, Outbound
from niangjia.core.messages.types import TEMPLATES
from niangjia.kernel import clock

LONGEST_WAIT: Final = 120
TELL_AFTER: Final = 5  # tries: two minutes; who relies on a message hears then that it has not gone out yet


class Patience(BaseRetryStrategy):
    """After 3, 9, 27, 81 seconds and then every two minutes, as long as the message lives: `deliver` ends it then."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not isinstance(exception, ports.ProviderUnavailable):
            return None
        return RetryDecision(retry_in={"seconds": min(LONGEST_WAIT, 3 ** min(job.attempts + 1, 5))})


@app.task(queue="messages", retry=Patience())
def deliver(outbound_id: str) -> None:
    """Send one message. The job carries only its id: a queue holds no phone number."""
    with transaction.atomic():
        later = _deliver(outbound_id)
    if later is not None:
        raise later


def _deliver(outbound_id: str) -> ports.ProviderUnavailable | None:
    """What was withdrawn does not leave, and what is leaving cannot be withdrawn: the row is held meanwhile."""
    outbound = _held().filter(pk=outbound_id, state="waiting").first()
    if outbound is None:
        return None
    if clock.now() > outbound.expires_at:
        _end(outbound, "expired")
        return None
    try:
        ports.sms().send(
            phone=outbound.to,
            template=TEMPLATES[outbound.template].sms,
            params=json.loads(outbound.params),
            out_id=str(outbound.id),
        )
    except ports.ProviderRefused:
        _end(outbound, "refused")
    except ports.ProviderUnavailable as later:
        _tried(outbound)
        return later
    else:
        _end(outbound, "sent")
    return None


def _held() -> QuerySet[Outbound]:
    return Outbound.objects.select_for_update(of=("self",))


def _tried(outbound: Outbound) -> None:
    outbound.tries += 1
    outbound.save(update_fields=["tries"])
    if outbound.tries == TELL_AFTER:
        _tell_its_owner(outbound)


def _end(outbound: Outbound, state: str) -> None:
    if state != "sent" and outbound.tries < TELL_AFTER:
        _tell_its_owner(outbound)
    outbound.end(state, clock.now())


def _tell_its_owner(outbound: Outbound) -> None:
    """Once, in the app: whoever relies on it must know that nobody has been reached."""
    told = TEMPLATES[outbound.template].unsent
    if told and outbound.person_id:
        Note.objects.create(person_id=outbound.person_id, template=told, at=clock.now())
