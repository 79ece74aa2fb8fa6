"""Warnings and look-alike photos that wait, and what the guard did of late; decisions are the cases' own pages."""

from datetime import timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.registry import ConsolePage, Shown
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.policies import cases
from niangjia.kernel import clock
from niangjia.scenes.dating.scam.models import Alarm, CoolingOff, File, LookAlike
from niangjia.scenes.dating.scam.processes import STAGES
from niangjia.scenes.dating.scam.types import LOOK_ALIKE, SCAM, SCAM_APPEAL
from niangjia.scenes.dating.types import HANDLE_REPORTS

HOME: Final = "/console/dating/scam"
LATE: Final = timedelta(days=30)
SHOWN: Final = 100


def page(request: HttpRequest) -> Shown:
    """Only cases from below the one who looks; their words are read on the case, where reading is recorded."""
    now = clock.now()
    mine = cases.which(access.actor_of(request), "see")
    rows = mine.filter(kind__in=(SCAM, SCAM_APPEAL, LOOK_ALIKE), closed_at=None).order_by("due_at", "pk")[:SHOWN]
    found = list(rows.select_related("desk"))
    files = File.objects.filter(case__in=found).annotate(
        warnings=Count("alarms"), talks=Count("alarms__pair", distinct=True)
    )
    by_case = {file.case_id: file for file in files}
    photos = {row.case_id: row for row in LookAlike.objects.filter(case__in=found)}
    lines = [{"case": row, "file": by_case.get(row.pk), "photo": photos.get(row.pk)} for row in found]
    context = {"lines": lines, "figures": _figures(mine.filter(kind=SCAM)), "now": now}
    return Shown("dating_scam/desk.html", _("Scam guard"), context)


def _figures(mine: QuerySet[Case]) -> list[tuple[object, int]]:
    late = clock.now() - LATE
    alarms = Alarm.objects.filter(file__case__in=mine, at__gt=late)
    counted = alarms.aggregate(
        all=Count("pk"), fine=Count("pk", filter=Q(said="fine")), afraid=Count("pk", filter=Q(said="afraid"))
    )
    stages = dict(alarms.values_list("stage").annotate(n=Count("pk")).order_by("stage"))
    pauses = CoolingOff.objects.filter(file__case__in=mine, made_at__gt=late).count()
    return [
        (_("Warnings"), counted["all"]),
        *((STAGES[code], n) for code, n in stages.items()),
        (_("Receivers who say it is fine"), counted["fine"]),
        (_("Receivers who are worried"), counted["afraid"]),
        (_("Pauses before new conversations"), pauses),
    ]


PAGES = (ConsolePage(_("Scam guard"), "gpp_maybe", HOME, page, HANDLE_REPORTS),)
