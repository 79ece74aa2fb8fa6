"""A run keeps all its lists or none, is alone, and says what became of it. The engine knows ids, no scene."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import numpy as np
import psycopg
import pytest
from django.db import DatabaseError, connection

from niangjia.engines.matching import errors, selectors
from niangjia.engines.matching.models import Price, RankedList, Run
from niangjia.engines.matching.services import lists, running
from niangjia.engines.matching.types import Cleared, Figures, Prices, Progress, as_ids, as_uuids
from niangjia.kernel.errors import Conflict

pytestmark = pytest.mark.django_db
OWNERS = [UUID(int=1), UUID(int=2 << 64), UUID(int=3)]  # the second ends in zeros, which arrays of bytes hide
SHOWN = [UUID(int=256 * n) for n in range(1, 5)]


def cleared(rows: Sequence[Sequence[int]] = ((0, 3, 1), (), (2,)), score: float = 0.25) -> Cleared:
    """Owner k is shown SHOWN[rows[k]]."""
    flat = [place for row in rows for place in row]
    n = len(SHOWN)
    some = (np.arange(1, n + 1) / 8).astype(np.float32)
    return Cleared(
        side="a",
        owners=as_ids(OWNERS[: len(rows)]),
        indptr=np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64),
        targets=as_ids(SHOWN)[flat],
        scores=np.full(len(flat), score, dtype=np.float32),
        prices=Prices(people=as_ids(SHOWN), attention=some, liked=some, likes=some),
        edges=len(flat),
        figures=Figures(matches=1.5, gini=0.25, gini_shown=0.5, with_one=0.75, envy=0.0, unlisted=0),
    )


def work(*sides: Cleared) -> running.Work:
    return lambda progress: sides


def test_lists_and_prices_come_back_as_they_were_handed_over(now: Any) -> None:
    run = running.run(pool="p", work=work(cleared()), now=now)
    assert (run.state, run.lists, run.edges) == ("done", 3, 4)
    rows = {row.owner: row for row in RankedList.objects.all()}
    assert {owner: row.targets for owner, row in rows.items()} == {
        OWNERS[0]: [SHOWN[0], SHOWN[3], SHOWN[1]],
        OWNERS[1]: [],
        OWNERS[2]: [SHOWN[2]],
    }
    assert rows[OWNERS[0]].scores == [0.25] * 3
    assert rows[OWNERS[0]].made_at == now
    prices = selectors.prices(run=run, people=SHOWN)
    assert [prices[key].attention for key in SHOWN] == [0.125, 0.25, 0.375, 0.5]
    assert as_uuids(as_ids(OWNERS)) == OWNERS
    side = run.sides.get()
    assert (side.side, side.lists, side.matches, side.gini) == ("a", 3, 1.5, 0.25)


@pytest.mark.parametrize(
    ("error", "code"),
    [(DatabaseError("x"), "database"), (MemoryError(), "memory"), (KeyError("secret"), "unexpected")],
)
def test_a_failure_is_kept_as_a_code_and_yesterdays_lists_stay(
    error: Exception, code: str, now: Any, caplog: Any
) -> None:
    first = running.run(pool="p", work=work(cleared()), now=now)

    def broken(progress: Progress) -> Sequence[Cleared]:
        raise error

    failed = running.run(pool="p", work=broken, now=now + timedelta(days=1))
    assert (failed.state, failed.error) == ("failed", code)
    assert "secret" not in str(Run.objects.filter(pk=failed.pk).values().get())
    assert errors.WORDS[code]
    found = selectors.list_of(pool="p", owner=OWNERS[0])
    assert found is not None
    assert found.run_id == first.pk


def test_a_run_that_breaks_while_storing_leaves_nothing_of_itself(
    now: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(lists, "forget_old", lambda **_: (_ for _ in ()).throw(MemoryError()))
        assert running.run(pool="p", work=work(cleared()), now=now).state == "failed"
    assert not RankedList.objects.exists()
    assert not Price.objects.exists()


def test_the_lists_of_the_last_two_runs_are_kept(now: Any) -> None:
    made = [running.run(pool="p", work=work(cleared()), now=now + timedelta(days=day)) for day in range(4)]
    other = running.run(pool="other", work=work(cleared()), now=now)
    kept = {made[2].pk, made[3].pk, other.pk}
    assert set(RankedList.objects.values_list("run_id", flat=True)) == kept
    assert set(Price.objects.values_list("run_id", flat=True)) == kept
    assert [run.pk for run in selectors.last_runs("p")] == [run.pk for run in made[::-1]]


def test_who_is_missing_in_the_last_run_keeps_the_list_of_the_one_before(now: Any) -> None:
    running.run(pool="p", work=work(cleared()), now=now)
    running.run(pool="p", work=work(cleared([(1,)])), now=now + timedelta(days=1))
    mine, theirs = (selectors.list_of(pool="p", owner=owner) for owner in (OWNERS[0], OWNERS[2]))
    assert mine is not None
    assert theirs is not None
    assert (mine.targets, theirs.targets) == ([SHOWN[1]], [SHOWN[2]])
    lists.put(run=theirs.run, owner=OWNERS[2], targets=SHOWN[:1], scores=[0.5], now=now)
    again = selectors.list_of(pool="p", owner=OWNERS[2])
    assert again is not None
    assert (again.targets, again.scores) == (SHOWN[:1], [0.5])
    assert lists.forget(pool="p", owners=OWNERS) == 4


def test_a_second_run_at_the_same_time_is_refused(now: Any) -> None:
    """Another worker holds the lock: another session of the database."""
    given = connection.get_connection_params()
    names = {"host", "port", "user", "password", "dbname"}
    with psycopg.connect(**{name: given[name] for name in names if given.get(name)}) as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended('matching.run.p', 0))")
        with pytest.raises(Conflict):
            running.run(pool="p", work=work(cleared()), now=now)
        assert running.run(pool="q", work=work(cleared()), now=now).state == "done"
        other.execute("SELECT pg_advisory_unlock_all()")  # closing gives it back too, but only in a moment
    assert not Run.objects.filter(pool="p").exists()
    assert running.run(pool="p", work=work(cleared()), now=now).state == "done"


def test_a_run_whose_worker_died_is_closed_by_the_next(now: Any) -> None:
    dead = Run.objects.create(pool="p", began_at=now)
    assert running.run(pool="p", work=work(cleared()), now=now + timedelta(days=1)).state == "done"
    dead.refresh_from_db()
    assert (dead.state, dead.error) == ("failed", "interrupted")


def test_nobody_to_list_is_a_run_all_the_same(now: Any) -> None:
    run = running.run(pool="p", work=work(), now=now)
    assert (run.state, run.lists) == ("done", 0)
