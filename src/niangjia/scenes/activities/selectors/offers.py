"""The little that registering asks, kept lean: a thousand people do it within the same second."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.core.attestations.selectors import living
from niangjia.core.orgs.models import Org
from niangjia.core.orgs.trades import GIG_TRADES
from niangjia.core.prepared import fetch_one
from niangjia.engines.allocation.models import Booking
from niangjia.engines.allocation.types import Claimant
from niangjia.kernel.errors import NotFound
from niangjia.scenes.activities.audience import ANYBODY, Audience
from niangjia.scenes.activities.forms import Form
from niangjia.scenes.activities.types import SCENE


@dataclass(frozen=True)
class Offer:
    """What decides whether somebody may register, and with which quotas."""

    id: UUID
    slot_id: UUID
    audience: Audience = ANYBODY
    form: Form | None = None
    quotas: tuple[str, ...] = ()
    priority: tuple[str, ...] = ()


@dataclass(frozen=True)
class Work:
    """Where somebody is employed, as far as it is verified."""

    path: str = ""
    org_id: UUID | None = None
    trade: str = ""
    firm: str = ""
    district: str = ""


NOWHERE = Work()
_OFFER = """
SELECT id, slot_id, audience::text, form::text, quotas::text, priority FROM activities_activity
WHERE id = %s AND slot_id IS NOT NULL
"""


def offer_of(activity_id: UUID) -> Offer:
    """By one prepared statement."""
    row = fetch_one(_OFFER, [activity_id])
    if row is None:
        raise missing()
    key, slot_id, audience, form, quotas, priority = row
    return Offer(
        id=key,
        slot_id=slot_id,
        audience=Audience.read(json.loads(audience)) if audience != "{}" else ANYBODY,
        form=Form.model_validate(json.loads(form)) if form != "{}" else None,
        quotas=tuple(quota["key"] for quota in json.loads(quotas)) if quotas != "[]" else (),
        priority=tuple(priority),
    )


def missing() -> NotFound:
    return NotFound(_("We could not find this activity."), next_step=_("Have a look at what is on now."))


def work_of(person_id: UUID, now: datetime) -> Work:
    employed = (
        living(now)
        .filter(person_id=person_id, kind="employer")
        .values_list(
            "employer__org__path", "employer__org_id", "employer__industry", "employer__name", "employer__district"
        )
    )
    row = employed.first()
    return Work(*row) if row else NOWHERE


def claimant_of(offer: Offer, person_id: UUID, now: datetime) -> Claimant:
    """The quotas that somebody may draw on, and whether they begin earlier; no question when nothing depends on it."""
    if not offer.quotas and not offer.priority:
        return Claimant(person_id)
    work = work_of(person_id, now)
    return Claimant(person_id, keys=_keys(offer.quotas, work), priority=_goes_first(offer, person_id, work))


def _keys(quotas: Sequence[str], work: Work) -> tuple[str, ...]:
    orgs = [UUID(key.removeprefix("org:")) for key in quotas if key.startswith("org:")]
    paths: Mapping[str, str] = {
        f"org:{key}": path for key, path in Org.objects.filter(pk__in=orgs).values_list("pk", "path")
    } if orgs and work.path else {}  # fmt: skip
    return tuple(
        key for key in quotas if key == f"trade:{work.trade}" or (key in paths and work.path.startswith(paths[key]))
    )


def _goes_first(offer: Offer, person_id: UUID, work: Work) -> bool:
    if "gig" in offer.priority and work.trade in GIG_TRADES:
        return True
    return "first_timers" in offer.priority and not has_attended(person_id)


def has_attended(person_id: UUID) -> bool:
    return Booking.objects.filter(person_id=person_id, slot__resource__scene=SCENE, arrived_at__isnull=False).exists()
