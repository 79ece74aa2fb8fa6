"""Reading what runs left behind."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from niangjia.engines.matching.models import Price, RankedList, Run, State


def last_runs(pool: str, *, limit: int = 7) -> list[Run]:
    """The latest first, with their sides."""
    return list(Run.objects.filter(pool=pool).order_by("-began_at").prefetch_related("sides")[:limit])


def current(pool: str) -> Run | None:
    """The last run that was done."""
    return Run.objects.filter(pool=pool, state=State.DONE).order_by("-began_at").first()


def cards() -> list[tuple[str, datetime, str]]:
    """(pool, when, model card) of the last run that was done of every pool."""
    done = Run.objects.filter(state=State.DONE).order_by("pool", "-began_at").distinct("pool")
    return [(run.pool, run.began_at, run.card) for run in done]


def list_of(*, pool: str, owner: UUID) -> RankedList | None:
    """The newest list of somebody; that of the run before when the last one had none for them."""
    found = RankedList.objects.filter(owner=owner, run__pool=pool, run__state=State.DONE)
    return found.order_by("-run__began_at").first()


def prices(*, run: Run, people: Iterable[UUID]) -> dict[UUID, Price]:
    """Of those who could be shown in this run; newcomers have none yet."""
    return {price.person: price for price in Price.objects.filter(run=run, person__in=list(people))}
