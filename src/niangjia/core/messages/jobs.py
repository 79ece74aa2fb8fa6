"""Sending what waits, with patience when the provider is slow or gone."""

import json
from typing import Final

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
    outbound = Outbound.objects.filter(pk=outbound_id, state="waiting").first()
    if outbound is None:
        return
    if clock.now() > outbound.expires_at:
        _end(outbound, "expired")
        return
    try:
        ports.sms().send(
            phone=outbound.to,
            template=TEMPLATES[outbound.template].sms,
            params=json.loads(outbound.params),
            out_id=str(outbound.id),
        )
    except ports.ProviderRefused:
        _end(outbound, "refused")
    except ports.ProviderUnavailable:
        _tried(outbound)
        raise
    else:
        _end(outbound, "sent")


def _tried(outbound: Outbound) -> None:
    outbound.tries += 1
    outbound.save(update_fields=["tries"])
    if outbound.tries == TELL_AFTER:
        _tell_its_owner(outbound)


def _end(outbound: Outbound, state: str) -> None:
    """What was said is forgotten once it is sent: only that it was stays."""
    if state != "sent" and outbound.tries < TELL_AFTER:
        _tell_its_owner(outbound)
    outbound.state, outbound.sent_at, outbound.to, outbound.params = state, clock.now(), "", ""
    outbound.save(update_fields=["state", "sent_at", "to", "params"])


def _tell_its_owner(outbound: Outbound) -> None:
    """Once, in the app: whoever relies on it must know that nobody has been reached."""
    told = TEMPLATES[outbound.template].unsent
    if told and outbound.person_id:
        Note.objects.create(person_id=outbound.person_id, template=told, at=clock.now())
