"""Reading of safety: my date, my break, and how many looked."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from niangjia.core.audit.selectors import about
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.safety.models import Plan, Rest
from niangjia.scenes.dating.safety.types import WEEKS, WeekOfLooks
from niangjia.scenes.dating.selectors.people import profile_of, read
from niangjia.scenes.dating.steps import MOST, step_of
from niangjia.scenes.dating.types import week_of


def plan_of(me: Profile) -> Plan | None:
    """The date that goes on, or the last one until it is forgotten."""
    rows = Plan.objects.filter(profile=me).order_by("-until", "-pk")
    return rows.exclude(state="safe").first() or rows.first()


def with_whom(me: Profile, plan: Plan, now: datetime) -> str:
    """Their nickname, as long as we are a pair: a block leaves no trace here either."""
    if plan.other_id is None:
        return ""
    found = read(me, "know", now, where="p.id = %(id)s", id=plan.other_id)
    return found[0].nickname if found else ""


def looks_at(me: Profile, now: datetime) -> list[WeekOfLooks]:
    """From the log that the owner may read anyway; it knows no viewers and no days (docs/adr/0005)."""
    since = now - timedelta(weeks=WEEKS)
    rows = about(me.person_id).filter(action="dating.profile_opened", actor_id=None, at__gte=since)
    counts = Counter(week_of(at) for at in rows.values_list("at", flat=True)[: MOST * WEEKS])
    mondays = [week_of(now) - timedelta(weeks=back) for back in range(WEEKS)]
    return [WeekOfLooks(monday, step_of(counts[monday])) for monday in mondays]


def export(person_id: UUID) -> Mapping[str, Any]:
    me = profile_of(person_id)
    plans = Plan.objects.filter(profile=me).order_by("until") if me else []
    rest = Rest.objects.filter(profile=me).first() if me else None
    return {
        "dates": [
            {
                "from": row.starts_at,
                "until": row.until,
                "district": row.district,
                "place": row.place,
                "contact": row.contact_name,
                "contact_phone": row.contact_phone,
                "state": row.state,
            }
            for row in plans
        ],
        "rest_until": rest.until if rest else None,
    }
