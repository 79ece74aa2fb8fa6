"""What the organisers see: their activities, how one of them fills, what its survey says."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from niangjia.core.access import Actor
from niangjia.core.access.policies import within
from niangjia.core.orgs.models import Employer, Org
from niangjia.engines.allocation import selectors as allocation
from niangjia.engines.allocation.types import Figures
from niangjia.scenes.activities import forms
from niangjia.scenes.activities.models import Activity, LiveQuestion, Series, State, SurveySheet
from niangjia.scenes.activities.policies import activities, series
from niangjia.scenes.activities.types import RUN, SURVEY_SHOWN_FROM

PER_PAGE = 50
MOST_ORGS = 300


@dataclass(frozen=True)
class Row:
    activity: Activity
    figures: Figures


@dataclass(frozen=True)
class Tally:
    """A question of the survey: how often each answer was given, or what was written."""

    title: str
    counts: tuple[tuple[str, int], ...] = ()
    texts: tuple[str, ...] = ()


def of_staff(actor: Actor, which: str, now: datetime, *, action: str = "run") -> QuerySet[Activity]:
    rows = activities.which(actor, action).select_related("org")
    if which == "draft":
        return rows.filter(state=State.DRAFT).order_by("-made_at", "-pk")
    if which == "past":
        return rows.exclude(state=State.DRAFT).filter(ends_at__lte=now).order_by("-starts_at", "-pk")
    return rows.exclude(state=State.DRAFT).filter(ends_at__gt=now).order_by("starts_at", "pk")


def with_figures(rows: Sequence[Activity]) -> list[Row]:
    figures = allocation.figures([row.slot_id for row in rows if row.slot_id])
    return [Row(row, figures.get(row.slot_id, Figures()) if row.slot_id else Figures()) for row in rows]


def orgs_of(actor: Actor) -> list[Org]:
    """Where the actor may organise, from the top of their reach down."""
    rows = Org.objects.filter(within(actor, RUN, path="path"), ended_at=None).order_by("depth", "path")
    return list(rows[:MOST_ORGS])


def trades() -> list[str]:
    """The trades that employers here name, the commonest first."""
    counted = Counter(Employer.objects.filter(ended_at=None).exclude(industry="").values_list("industry", flat=True))
    return [trade for trade, _count in counted.most_common(40)]


def titles_of_keys(keys: Sequence[str]) -> dict[str, str]:
    """What quotas are called: the organisation, or the trade."""
    orgs = [UUID(key.removeprefix("org:")) for key in keys if key.startswith("org:")]
    names = {f"org:{key}": name for key, name in Org.objects.filter(pk__in=orgs).values_list("pk", "name")}
    return names | {key: key.removeprefix("trade:") for key in keys if key.startswith("trade:")}


def series_of(actor: Actor) -> QuerySet[Series]:
    return series.which(actor, "run").select_related("org").order_by("-made_at", "-pk")


def questions_of(activity: Activity) -> list[LiveQuestion]:
    """Those that wait first, each in the order asked."""
    rows = LiveQuestion.objects.filter(activity=activity).order_by("asked_at", "pk")
    order = ("waiting", "shown", "answered", "left")
    return sorted(rows[:500], key=lambda row: order.index(row.state))


def survey_of(activity: Activity) -> tuple[int, list[Tally]]:
    """How many answered, and what; nothing of it while single sheets could be told apart."""
    sheets = list(SurveySheet.objects.filter(activity=activity).order_by("pk").values_list("answers", flat=True))
    if len(sheets) < SURVEY_SHOWN_FROM:
        return len(sheets), []
    form = forms.Form.model_validate(activity.survey)
    return len(sheets), [_tally(question, sheets) for question in form.questions]


def _tally(question: forms.Question, sheets: Sequence[dict[str, forms.Answer]]) -> Tally:
    given = [sheet[question.code] for sheet in sheets if question.code in sheet]
    if question.kind in ("text", "long", "phone", "date"):
        return Tally(question.title, texts=tuple(sorted(str(value) for value in given)))
    picked = [part for value in given for part in (value if isinstance(value, list) else [value])]
    counts = Counter(forms.shown_answer(question, part) for part in picked)
    return Tally(question.title, counts=tuple(counts.most_common()))
