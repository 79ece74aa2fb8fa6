"""An activity as its organiser wrote it down, and the same for another year."""

from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from niangjia.engines.allocation.types import Quota
from niangjia.scenes.activities import addons
from niangjia.scenes.activities.audience import Audience
from niangjia.scenes.activities.models import Activity
from niangjia.scenes.activities.plan import Part, Plan, quotas_of

A_YEAR = timedelta(weeks=52)  # the same weekday


def plan_of(activity: Activity) -> Plan:
    plain = {item.name: getattr(activity, item.name) for item in fields(Plan) if item.name != "programme"}
    kept: dict[str, Any] = {
        "topics": tuple(activity.topics),
        "priority": tuple(activity.priority),
        "quotas": quotas_of(activity),
        "addons": addons.read(activity.addons),
        "audience": Audience.read(activity.audience),
        "form": activity.form.get("questions", []),
        "survey": activity.survey.get("questions", []),
    }
    parts = activity.sessions.order_by("number")
    programme = tuple(Part(**{item.name: getattr(part, item.name) for item in fields(Part)}) for part in parts)
    return Plan(**{**plain, **kept, "programme": programme})


def next_year(plan: Plan) -> Plan:
    """All its times 52 weeks later; 2026 in a title becomes 2027."""
    times = {name: getattr(plan, name) + A_YEAR for name in _TIMES}
    year = plan.starts_at.year
    title = plan.title.replace(str(year), str((plan.starts_at + A_YEAR).year))
    programme = tuple(
        replace(part, starts_at=part.starts_at + A_YEAR, ends_at=part.ends_at + A_YEAR) for part in plan.programme
    )
    quotas = tuple(replace(quota, flows_back_at=_later(quota)) for quota in plan.quotas)
    return replace(plan, title=title, programme=programme, quotas=quotas, **times)


def _later(quota: Quota) -> datetime | None:
    return quota.flows_back_at + A_YEAR if quota.flows_back_at else None


_TIMES = ("starts_at", "ends_at", "opens_at", "closes_at", "cancel_until")
