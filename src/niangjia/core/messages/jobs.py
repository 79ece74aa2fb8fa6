"""Sending what waits, with patience when the provider is slow or gone."""

import json

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from niangjia.core import ports
from niangjia.core.messages.models import Outbound
from niangjia.core.messages.types import TEMPLATES
from niangjia.kernel import clock


@app.task(
    queue="messages",
    retry=RetryStrategy(max_attempts=6, exponential_wait=3, retry_exceptions=[ports.ProviderUnavailable]),
)
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
    else:
        _end(outbound, "sent")


def _end(outbound: Outbound, state: str) -> None:
    """What was said is forgotten once it is sent: only that it was stays."""
    outbound.state, outbound.sent_at, outbound.to, outbound.params = state, clock.now(), "", ""
    outbound.save(update_fields=["state", "sent_at", "to", "params"])
