"""What the last runs of the matching engine did, and how fairly they shared out attention."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.engines.matching import errors
from niangjia.engines.matching.models import Run, RunSide
from niangjia.engines.matching.selectors import last_runs
from niangjia.engines.matching.types import POOLS, PoolTitle
from niangjia.engines.metrics.types import SMALLEST
from niangjia.interfaces.console.frame import page
from niangjia.interfaces.console.permissions import SEE_COCKPIT

PHASES = {
    "reading": _("reading"),
    "learning": _("learning"),
    "eligibility": _("who may meet"),
    "preferences": _("preferences"),
    "clearing": _("choosing lists"),
    "fairness": _("measuring fairness"),
    "storing": _("storing"),
}


@dataclass(frozen=True)
class Side:
    """One side of the market in one run; `told` is None when it is too small to be anybody's business."""

    title: object
    told: RunSide | None


@access.needs(SEE_COCKPIT)
def runs(request: HttpRequest) -> HttpResponse:
    """Figures are of whole pools, not of an organisation: whoever sees the cockpit sees them."""
    pools = [_pool(pool) for pool in POOLS.values()]
    return page(request, "cockpit/runs.html", _("Personal lists"), pools=pools, smallest=SMALLEST)


def _pool(pool: PoolTitle) -> dict[str, Any]:
    made = last_runs(pool.code)
    done = next((run for run in made if run.state == "done"), None)
    return {
        "title": pool.title,
        "runs": [_run(run) for run in made],
        "sides": [_side(pool, side) for side in done.sides.all()] if done else [],
        "done": done,
    }


def _run(run: Run) -> dict[str, Any]:
    took = (run.ended_at - run.began_at).total_seconds() if run.ended_at else None
    spent = [(PHASES.get(name, name), seconds) for name, seconds in run.seconds.items()]
    return {"run": run, "took": took, "spent": spent, "why": errors.WORDS.get(run.error, "")}


def _side(pool: PoolTitle, side: RunSide) -> Side:
    return Side(pool.sides.get(side.side, side.side), side if side.lists >= SMALLEST else None)
