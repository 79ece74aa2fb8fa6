"""What was held and how many came, by organisation and year; whole, or of one series. Small cells stay hidden.

Pairs are counted by whoever brings people together. This page knows them as figures of the house only, by their codes:
sums of the weeks that may be shown.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, QuerySet
from django.db.models.functions import ExtractYear

from niangjia.core.access import Actor
from niangjia.core.orgs.models import Org
from niangjia.core.orgs.selectors import paths_above
from niangjia.engines.allocation.models import Booking
from niangjia.engines.metrics import selectors as metrics
from niangjia.engines.metrics.selectors import Figure
from niangjia.engines.metrics.suppression import shown_cells
from niangjia.engines.metrics.types import METRICS, SMALLEST
from niangjia.kernel import clock
from niangjia.scenes.activities.models import Activity, State
from niangjia.scenes.activities.policies import activities
from niangjia.scenes.activities.types import SEE_FIGURES

PAIRS = ("dating.event_pairs", "dating.live_pairs")
NOTHING = Figure()
Cells = Mapping[tuple[str, int], int]  # path and year


@dataclass(frozen=True)
class Year:
    """One year: how many were held, and how many came (None: too few to say)."""

    year: int
    held: int
    came: int | None
    pairs: Figure


@dataclass(frozen=True)
class Line:
    org: Org
    years: tuple[Year, ...]


def held_by(actor: Actor, series_id: UUID | None, now: datetime) -> QuerySet[Activity]:
    rows = activities.which(actor, "figures").filter(state=State.PUBLISHED, ends_at__lt=now)
    return rows.filter(series=series_id) if series_id else rows


def by_org_and_year(actor: Actor, org: Org, *, series_id: UUID | None, now: datetime) -> list[Line]:
    """The organisation itself first, then one line for each below it. In three queries."""
    rows = held_by(actor, series_id, now).filter(org__path__startswith=org.path)
    held = _counted(rows, Count("pk"))
    came = _came(rows)
    years = sorted({year for _path, year in held}, reverse=True)[:5]
    below = Org.objects.filter(path__startswith=org.path, depth=org.depth + 1).order_by("path")
    shown = {year: _shown(came, year) for year in years}
    pairs = {} if series_id else _pairs(org, years)
    return [_line(place, years, held, shown, pairs) for place in (org, *below) if _sum(held, place.path, years)]


def _pairs(org: Org, years: Sequence[int]) -> dict[tuple[UUID, int], Figure]:
    """Of the organisation and of those below it, in the years that were counted."""
    found: dict[tuple[UUID, int], Figure] = {}
    at = [place for place, code in enumerate(METRICS) if code in PAIRS]
    counted = metrics.weeks_counted()
    for period in metrics.periods("year", counted):
        year = int(period.key)
        if year not in years:
            continue
        whole = tuple(course.figure for course in metrics.course(org, period.weeks))
        rows = [
            (org.pk, whole),
            *((row.org.pk, row.figures) for row in metrics.rows_below(org, period.weeks) if not row.is_own),
        ]
        for key, figures in rows:
            found[key, year] = _added([figures[place] for place in at])
    return found


def _added(figures: Sequence[Figure]) -> Figure:
    seen = [figure for figure in figures if figure.count is not None]
    total = sum(figure.count or 0 for figure in seen)
    return Figure(total, any(figure.at_least for figure in seen)) if seen else NOTHING


def _counted(rows: QuerySet[Activity], what: Count) -> dict[tuple[str, int], int]:
    year = ExtractYear("starts_at", tzinfo=clock.SHANGHAI)
    counted = rows.order_by().annotate(path=F("org__path"), year=year).values("path", "year").annotate(n=what)
    return {(row["path"], row["year"]): row["n"] for row in counted}


def _came(rows: QuerySet[Activity]) -> dict[tuple[str, int], int]:
    """Counted at the organiser: nobody's firm comes into it."""
    where = {
        slot: (path, starts.astimezone(clock.SHANGHAI).year)
        for slot, path, starts in rows.values_list("slot_id", "org__path", "starts_at")
    }
    arrived = Booking.objects.filter(slot__in=rows.values("slot"), arrived_at__isnull=False, state="booked")
    found: Counter[tuple[str, int]] = Counter()
    for slot, count in arrived.order_by().values("slot").annotate(n=Count("pk")).values_list("slot", "n"):
        found[where[slot]] += count
    return found


def _shown(came: Cells, year: int) -> dict[str, int]:
    own = {path: count for (path, of), count in came.items() if of == year}
    return shown_cells(own, step=Org.steplen, smallest=SMALLEST)


def _line(
    org: Org,
    years: list[int],
    held: Cells,
    shown: Mapping[int, Mapping[str, int]],
    pairs: Mapping[tuple[UUID, int], Figure],
) -> Line:
    return Line(
        org,
        tuple(
            Year(year, _sum(held, org.path, [year]), shown[year].get(org.path), pairs.get((org.pk, year), NOTHING))
            for year in years
        ),
    )


def _sum(cells: Cells, path: str, years: list[int]) -> int:
    return sum(count for (below, year), count in cells.items() if below.startswith(path) and year in years)


def above(actor: Actor, org: Org) -> list[Org]:
    """The way up, as far as the actor's reach goes."""
    rows = Org.objects.filter(path__in=[*paths_above(org.path)]).order_by("path")
    return [row for row in rows if any(row.path.startswith(root) for root in actor.paths(SEE_FIGURES))]
