"""The parts of one activity, and the many of one festival."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.engines.allocation import selectors as allocation
from niangjia.engines.allocation.types import Figures
from niangjia.kernel.errors import NotFound
from niangjia.scenes.activities.models import Activity, ActivityPhoto, LiveQuestion, Series, Session, State
from niangjia.scenes.activities.selectors.finding import Found, dressed, visible


@dataclass(frozen=True)
class Line:
    session: Session
    figures: Figures | None


def programme(activity: Activity) -> list[Line]:
    rows = list(activity.sessions.order_by("number"))
    figures = allocation.figures([row.slot_id for row in rows if row.slot_id])
    return [Line(row, figures.get(row.slot_id, Figures()) if row.slot_id else None) for row in rows]


def photos_of(activity: Activity) -> list[UUID]:
    rows = ActivityPhoto.objects.filter(activity=activity).order_by("number")
    return list(rows.values_list("photo_id", flat=True))


def festival(person_id: UUID, series_id: UUID, now: datetime) -> tuple[Series, list[Found]]:
    """One page over everything that belongs together, in the order of time; what is over stands there too."""
    series = Series.objects.select_related("org").filter(pk=series_id).first()
    rows: list[Activity] = []
    if series is not None:
        found = visible(person_id, now).filter(series=series).select_related("org").order_by("starts_at", "pk")
        rows = list(found[:200])
    if series is None or not rows:
        raise NotFound(_("We could not find this festival."), next_step=_("Have a look at what is on now."))
    return series, dressed(person_id, [(row, None, ()) for row in rows])


def festivals(person_id: UUID, now: datetime) -> list[Series]:
    """Those with something still to come."""
    ahead = visible(person_id, now).filter(state=State.PUBLISHED, ends_at__gt=now, series__is_festival=True)
    return list(Series.objects.filter(pk__in=ahead.values("series")).select_related("org").order_by("starts_on", "pk"))


def questions(activity: Activity, person_id: UUID) -> list[LiveQuestion]:
    """What was let through, in the order asked, and my own that still wait."""
    shown = LiveQuestion.objects.filter(activity=activity, state__in=("shown", "answered"))
    own = LiveQuestion.objects.filter(activity=activity, person_id=person_id)
    return list((shown | own).order_by("asked_at", "pk")[:200])
