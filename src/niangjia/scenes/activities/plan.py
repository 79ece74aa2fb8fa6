"""What an organiser writes down about an activity, and whether it can be meant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.core.orgs.models import Level, Org
from niangjia.engines.allocation.types import Quota, SlotPlan
from niangjia.kernel.errors import Forbidden, Invalid
from niangjia.scenes.activities import addons as beside
from niangjia.scenes.activities import audience as audiences
from niangjia.scenes.activities import forms
from niangjia.scenes.activities.addons import AddOnOffer
from niangjia.scenes.activities.audience import ANYBODY, Audience
from niangjia.scenes.activities.models import Activity, Session, Way
from niangjia.scenes.activities.types import (
    HEAD_START,
    LATE_START,
    MOST_QUOTAS,
    MOST_SESSIONS,
    PRIORITIES,
    STREAM_HOSTS,
    TOPICS,
)

OFFER_FOR: Final = timedelta(hours=12)  # for somebody from the waiting list to say yes
LONGEST: Final = timedelta(days=400)
MOST_PLACES: Final = 1_000_000
MOST_FEN: Final = 10**13


@dataclass(frozen=True)
class Part:
    """A line of the programme; with `capacity` it is booked by itself."""

    title: str
    starts_at: datetime
    ends_at: datetime
    speaker: str = ""
    place: str = ""
    capacity: int | None = None


@dataclass(frozen=True)
class Plan:
    """Everything about an activity that its organiser decides. Photos are hung up separately."""

    title: str
    starts_at: datetime
    ends_at: datetime
    opens_at: datetime
    closes_at: datetime
    cancel_until: datetime
    capacity: int
    about: str = ""
    topics: tuple[str, ...] = ()
    discreet: bool = False
    place: str = ""
    address: str = ""
    district: str = ""
    lat: float | None = None
    lon: float | None = None
    stream: str = ""
    way: str = Way.FIRST_COME
    quotas: tuple[Quota, ...] = ()
    priority: tuple[str, ...] = ()
    keeps_waiting: bool = True
    max_party: int = 1
    rotating: bool = False
    passes_on: bool = True
    addons: tuple[AddOnOffer, ...] = ()
    audience: Audience = ANYBODY
    audience_note: str = ""
    form: Sequence[Mapping[str, Any]] = ()
    survey: Sequence[Mapping[str, Any]] = ()
    certificate: str = ""
    cost_fen: int = 0
    series_id: UUID | None = None
    programme: tuple[Part, ...] = field(default=())


_KEPT_OTHERWISE: Final = {"quotas", "addons", "priority", "topics", "audience", "form", "survey", "programme"}


def columns(plan: Plan) -> dict[str, Any]:
    """As the columns of `Activity` keep it."""
    plain = {item.name: getattr(plan, item.name) for item in fields(plan) if item.name not in _KEPT_OTHERWISE}
    return {
        **plain,
        "title": " ".join(plan.title.split()),
        "topics": list(plan.topics),
        "priority": list(plan.priority),
        "quotas": [_kept_quota(quota) for quota in plan.quotas],
        "addons": [addon.keep() for addon in plan.addons],
        "audience": plan.audience.keep(),
        "form": forms.declared(plan.form).model_dump(exclude_defaults=True),
        "survey": forms.declared(plan.survey).model_dump(exclude_defaults=True),
    }


def _kept_quota(quota: Quota) -> dict[str, Any]:
    back = quota.flows_back_at
    return {"key": quota.key, "places": quota.places, "flows_back_at": back.isoformat() if back else None}


def quotas_of(activity: Activity) -> tuple[Quota, ...]:
    return tuple(
        Quota(row["key"], row["places"], datetime.fromisoformat(row["flows_back_at"]) if row["flows_back_at"] else None)
        for row in activity.quotas
    )


def slot_plan(activity: Activity, *, programme: Iterable[Session] = ()) -> SlotPlan:
    """What the engine is told. An activity whose parts are booked by themselves takes up no time; its parts do."""
    return SlotPlan(
        way=activity.way,  # type: ignore[arg-type]  # a choice
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        opens_at=activity.opens_at,
        closes_at=activity.closes_at,
        capacity=activity.capacity,
        quotas=quotas_of(activity),
        addons=beside.for_engine(beside.read(activity.addons)),
        head_start=HEAD_START if activity.priority else timedelta(0),
        delay=LATE_START,
        max_party=activity.max_party,
        keeps_waiting=activity.keeps_waiting,
        offer_for=OFFER_FOR,
        cancel_until=activity.cancel_until,
        rotating=activity.rotating,
        overlaps_allowed=any(part.capacity for part in programme),
    )


def session_plan(activity: Activity, part: Session) -> SlotPlan:
    return SlotPlan(
        way="first_come",
        starts_at=part.starts_at,
        ends_at=part.ends_at,
        opens_at=activity.opens_at,
        closes_at=min(activity.closes_at, part.ends_at),
        capacity=part.capacity or 0,
        head_start=HEAD_START if activity.priority else timedelta(0),
        delay=LATE_START,
        cancel_until=min(activity.cancel_until, part.starts_at),
    )


def check(plan: Plan, *, org: Org) -> None:
    """Raise Invalid with everything that must change."""
    faults = {**_words(plan), **_times(plan), **_places(plan), **beside.faults(plan.addons), **_programme(plan)}
    if faults:
        raise Invalid(
            _("Something is missing or not quite right."),
            next_step=_("Please look at the marked places."),
            fields=faults,
        )
    audiences.checked(plan.audience)
    forms.declared(plan.form)
    forms.declared(plan.survey)
    if plan.discreet and org.level == Level.ENTERPRISE:
        raise Forbidden(
            _("Activities for singles are organised by a union above the firm."),
            next_step=_("So nobody's employer learns who takes part. Ask your district union to organise it."),
            code="not_by_a_firm",
        )


def _words(plan: Plan) -> dict[str, object]:
    faults: dict[str, object] = {}
    if not 2 <= len(plan.title.strip()) <= 60:
        faults["title"] = _("From 2 to 60 characters.")
    if not set(plan.topics) <= TOPICS.keys():
        faults["topics"] = _("Please choose from the list.")
    if not set(plan.priority) <= PRIORITIES.keys():
        faults["priority"] = _("Please choose from the list.")
    if plan.stream and not allowed_stream(plan.stream):
        faults["stream"] = _("Only https addresses of: {hosts}").format(hosts=", ".join(STREAM_HOSTS))
    if not (plan.place.strip() or plan.stream):
        faults["place"] = _("Please say where it is, or give the address of the stream.")
    return faults


def allowed_stream(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" and parts.hostname in STREAM_HOSTS and "@" not in parts.netloc


def _times(plan: Plan) -> dict[str, object]:
    faults: dict[str, object] = {}
    if plan.ends_at <= plan.starts_at or plan.ends_at - plan.starts_at > LONGEST:
        faults["ends_at"] = _("It must end after it begins.")
    if plan.closes_at <= plan.opens_at:
        faults["closes_at"] = _("Registration must end after it opens.")
    elif plan.closes_at > plan.ends_at:
        faults["closes_at"] = _("Registration must end before the activity does.")
    if plan.way == Way.LOTTERY and plan.closes_at >= plan.starts_at:
        faults["closes_at"] = _("A lottery is drawn before the activity begins.")
    if plan.cancel_until > plan.ends_at:
        faults["cancel_until"] = _("This is after the activity has ended.")
    return faults


def _places(plan: Plan) -> dict[str, object]:
    faults: dict[str, object] = {}
    if not 1 <= plan.capacity <= MOST_PLACES:
        faults["capacity"] = _("From 1 to 1,000,000.")
    if not 0 <= plan.cost_fen <= MOST_FEN:
        faults["cost_yuan"] = _("Please check this.")
    keys = [quota.key for quota in plan.quotas]
    if len(keys) > MOST_QUOTAS or len(set(keys)) < len(keys) or any(quota.places < 1 for quota in plan.quotas):
        faults["quotas"] = _("Each organisation or trade once, with at least one place.")
    elif sum(quota.places for quota in plan.quotas) > plan.capacity:
        faults["quotas"] = _("More places are shared out than there are.")
    if not 1 <= plan.max_party <= 20:
        faults["max_party"] = _("From 1 to 20.")
    if (plan.lat is None) != (plan.lon is None) or not _on_earth(plan.lat, plan.lon):
        faults["lat"] = _("Please check this.")
    return faults


def _on_earth(lat: float | None, lon: float | None) -> bool:
    return lat is None or lon is None or (-90 <= lat <= 90 and -180 <= lon <= 180)


def _programme(plan: Plan) -> dict[str, object]:
    outside = any(part.starts_at < plan.starts_at or part.ends_at > plan.ends_at for part in plan.programme)
    backwards = any(part.ends_at <= part.starts_at or not part.title.strip() for part in plan.programme)
    backwards |= any(part.capacity is not None and not 1 <= part.capacity <= MOST_PLACES for part in plan.programme)
    if outside or backwards or len(plan.programme) > MOST_SESSIONS:
        return {"programme": _("Each part needs a title and lies within the activity.")}
    if plan.way != Way.FIRST_COME and any(part.capacity for part in plan.programme):
        return {"programme": _("Parts are booked by themselves only where it is first come, first served.")}
    return {}
