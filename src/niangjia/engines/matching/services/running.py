"""One run of one pool: alone, in the open, and without harm when it fails."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.engines.matching import errors
from niangjia.engines.matching.models import Run, RunSide, State
from niangjia.engines.matching.services import lists
from niangjia.engines.matching.types import Cleared, Progress
from niangjia.kernel.errors import Conflict

log = logging.getLogger(__name__)

Work = Callable[[Progress], Sequence[Cleared]]


def run(*, pool: str, work: Work, now: datetime) -> Run:
    """Do the work and put its lists in place of those before, all at once. When it fails, those before stay.

    Raises Conflict while another run of the pool is under way.
    """
    begun = time.monotonic()
    with _alone(pool):
        Run.objects.filter(pool=pool, state=State.RUNNING).update(
            state=State.FAILED, error=errors.INTERRUPTED, ended_at=now
        )
        made, progress = Run.objects.create(pool=pool, began_at=now), Progress()
        try:
            cleared = work(progress)
            with transaction.atomic():
                with progress.stage("storing"):
                    lists.store(made, cleared, made_at=now)
                _done(made, cleared, progress, ended=_since(now, begun))
        except Exception as error:
            log.exception("the run of %s failed", pool)
            made.state, made.error = State.FAILED, errors.code_of(error)
            made.seconds, made.people, made.ended_at = progress.seconds, progress.people, _since(now, begun)
            made.lists = made.edges = 0
            made.save()
    return made


def _since(now: datetime, begun: float) -> datetime:
    return now + timedelta(seconds=time.monotonic() - begun)


def _done(made: Run, cleared: Sequence[Cleared], progress: Progress, *, ended: datetime) -> None:
    made.people, made.seconds, made.card = progress.people, progress.seconds, progress.card
    made.lists, made.edges = sum(side.owners.size for side in cleared), sum(side.edges for side in cleared)
    made.state, made.ended_at = State.DONE, ended
    made.save()
    RunSide.objects.bulk_create(_side(made, side) for side in cleared)
    lists.forget_old(pool=made.pool)


def _side(made: Run, cleared: Cleared) -> RunSide:
    told = cleared.figures
    return RunSide(
        run=made,
        side=cleared.side,
        lists=cleared.owners.size,
        matches=told.matches,
        gini=told.gini,
        gini_shown=told.gini_shown,
        with_one=told.with_one,
        envy=told.envy,
        unlisted=told.unlisted,
    )


@contextmanager
def _alone(pool: str) -> Iterator[None]:
    """A lock of the database session: it falls by itself when the worker dies."""
    key = f"matching.run.{pool}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        if not cursor.fetchone()[0]:
            raise Conflict(
                _("A run is under way already."), code="run_under_way", next_step=_("Look again in a few minutes.")
            )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])
