"""What activities show in the cockpit. Each counts at its organiser."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.engines.allocation.models import Booking
from niangjia.engines.metrics.types import Metric
from niangjia.scenes.activities.forms import SATISFACTION, SATISFIED, Form
from niangjia.scenes.activities.models import Activity, State, SurveySheet
from niangjia.scenes.activities.types import SURVEY_OPEN_FOR

Counts = Mapping[UUID | None, int]


def _held(since: datetime, until: datetime) -> QuerySet[Activity]:
    return Activity.objects.filter(state=State.PUBLISHED, ends_at__gte=since, ends_at__lt=until)


def held(since: datetime, until: datetime) -> Counts:
    rows = _held(since, until).order_by().values("org_id").annotate(n=Count("pk"))
    return dict(rows.values_list("org_id", "n"))


def participants(since: datetime, until: datetime) -> Counts:
    """Those who came. Who comes to two activities takes part twice, as every union counts."""
    orgs = dict(_held(since, until).values_list("slot_id", "org_id"))
    came = Booking.objects.filter(slot__in=orgs, state="booked", arrived_at__isnull=False)
    counted: dict[UUID | None, int] = {}
    for slot_id, count in came.order_by().values("slot_id").annotate(n=Count("pk")).values_list("slot_id", "n"):
        counted[orgs[slot_id]] = counted.get(orgs[slot_id], 0) + count
    return counted


def opinions(since: datetime, until: datetime) -> Counts:
    """Who said how satisfied they were, of activities whose survey closed in this time. Sheets have no moment."""
    return _said(since, until, tuple(SATISFACTION))


def satisfied(since: datetime, until: datetime) -> Counts:
    return _said(since, until, SATISFIED)


def _said(since: datetime, until: datetime, what: Sequence[str]) -> Counts:
    asked = _held(since - SURVEY_OPEN_FOR, until - SURVEY_OPEN_FOR).exclude(survey={})
    asks = {row.pk: (row.org_id, code) for row in asked.only("org_id", "survey") if (code := _satisfaction_of(row))}
    counted: dict[UUID | None, int] = {}
    for activity_id, answers in SurveySheet.objects.filter(activity__in=asks).values_list("activity_id", "answers"):
        org_id, code = asks[activity_id]
        if answers.get(code) in what:
            counted[org_id] = counted.get(org_id, 0) + 1
    return counted


def _satisfaction_of(activity: Activity) -> str:
    """The first question of its survey that asks for it, or nothing."""
    questions = Form.model_validate(activity.survey).questions
    return next((question.code for question in questions if question.kind == "satisfaction"), "")


METRICS = (
    Metric(
        "activities.held",
        _("Activities held"),
        _("activities"),
        held,
        group="activities",
        people=False,
        headline=True,
    ),
    Metric(
        "activities.participants",
        _("Taking part in activities"),
        _("people"),
        participants,
        group="activities",
        headline=True,
    ),
    Metric("activities.opinions", _("Said how satisfied they were"), _("answers"), opinions, group="satisfaction"),
    Metric(
        "activities.satisfied",
        _("Satisfied with activities"),
        _("answers"),
        satisfied,
        group="satisfaction",
        of="activities.opinions",
        headline=True,
    ),
)
