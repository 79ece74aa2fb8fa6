"""The rounds of `kernels.clearing.partitions` on Spark, for a market that no single machine holds.

A row is an edge. Two steps take turns, each the kernels of one machine on a few columns of numbers:
crowd    by blocks of reactive people, who see all their applicants: expected matches under the mean exposure;
answer   by parts of the proactive side, whole lists: told of the crowd, everybody's lists are chosen anew.
Nothing but arrow tables goes between them, so that edges may come from Parquet and lists go there; a machine holds one
part, or one block, at a time. The lists are those of `Partitioned`, to the last bit.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from niangjia.engines.matching.kernels.checks import check_count
from niangjia.engines.matching.kernels.clearing import partitions
from niangjia.engines.matching.kernels.clearing.ascent import SocialWelfare
from niangjia.engines.matching.kernels.clearing.base import INV, Clearing, Solver, expected_matches, rank
from niangjia.engines.matching.kernels.clearing.partitions import Partitioned
from niangjia.engines.matching.kernels.exposure import Exposure
from niangjia.engines.matching.kernels.market import I64, Market

Step = Callable[[pa.Table], pa.Table]

EDGES = "part int, i int, j int, p float, q float"
STATE = f"{EDGES}, x float, mean float, matches double"
BLOCKS = 2  # blocks of reactive people for each part: every machine gets some


def session(master: str, **settings: str) -> SparkSession:
    """Spark with workers of this Python. One thread for a task: Spark itself fills the cores."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("niangjia").config("spark.executorEnv.NUMBA_NUM_THREADS", "1")
    for name, value in settings.items():
        builder = builder.config(name.replace("_", "."), value)
    return builder.getOrCreate()


@dataclass(frozen=True, slots=True)
class Rounds:
    """`edges` (columns as in EDGES; all edges of one person in one part) to lists: i, j and exposure x."""

    parts: int
    rounds: int = 2
    solver: Solver = field(default_factory=SocialWelfare)
    exposure: Exposure = INV
    length: int | None = None

    def clear(self, edges: DataFrame) -> DataFrame:
        """Nothing runs yet: Spark does when the lists are written or read."""
        state = edges.groupBy("part").applyInArrow(self._begin(), STATE)
        for turn in range(check_count(self.rounds, name="rounds", least=1)):
            block = F.col("j") % (BLOCKS * self.parts)
            state = state.groupBy(block).applyInArrow(self._crowd(), STATE)
            state = state.groupBy("part").applyInArrow(self._answer(turn), STATE)
        return state.select("i", "j", "x")

    def _begin(self) -> Step:
        def begin(table: pa.Table) -> pa.Table:
            ordered, market = _market(table)
            mean = partitions.visible(market, exposure=self.exposure, length=self.length)
            return _state(ordered, x=mean, mean=mean, matches=np.zeros(mean.size))

        return begin

    def _crowd(self) -> Step:
        def crowd(table: pa.Table) -> pa.Table:
            ordered, market = _market(table)
            x, mean = _column(ordered, "x"), _column(ordered, "mean")
            return _state(ordered, x=x, mean=mean, matches=expected_matches(market, mean, exposure=self.exposure))

        return crowd

    def _answer(self, turn: int) -> Step:
        def answer(table: pa.Table) -> pa.Table:
            ordered, market = _market(table)
            mean, matches = _column(ordered, "mean"), _column(ordered, "matches")
            x = partitions.answer(
                market, mean, matches, solver=self.solver, exposure=self.exposure, length=self.length
            ).x
            return _state(ordered, x=x, mean=partitions.average(mean, x, turn=turn), matches=matches)

        return answer


@dataclass(frozen=True, slots=True, eq=False)
class OnSpark:
    """`Partitioned` whose parts run on Spark, for a market that this machine still holds."""

    spark: SparkSession
    cut: Partitioned

    def solve(self, market: Market, *, exposure: Exposure = INV, length: int | None = None) -> Clearing:
        plan = Rounds(self.cut.parts, self.cut.rounds, self.cut.solver, exposure, length)
        lists = plan.clear(self.spark.createDataFrame(edges_of(market, self.cut))).toArrow()
        x = np.zeros(market.n_edges, dtype=np.float32)
        x[_places(market, lists)] = _column(lists, "x")
        return rank(market, x, exposure=exposure, length=length)


def edges_of(market: Market, cut: Partitioned) -> pa.Table:
    """The table that `Rounds` wants."""
    rows = market.rows()
    columns = {"part": cut.part_of(market)[rows], "i": rows, "j": market.indices, "p": market.p, "q": market.q}
    return pa.table(columns)


def _places(market: Market, lists: pa.Table) -> I64:
    """Where these edges stand in the market."""
    keys = market.rows().astype(np.int64) * market.n_reactive + market.indices
    wanted = _column(lists, "i").astype(np.int64) * market.n_reactive + _column(lists, "j")
    places: I64 = np.searchsorted(keys, wanted)
    return places


def _market(table: pa.Table) -> tuple[pa.Table, Market]:
    """Spark hands rows over in any order; a market wants them by rising (i, j)."""
    ordered = table.take(pa.array(np.lexsort((_column(table, "j"), _column(table, "i")))))
    i, j, p, q = (_column(ordered, name) for name in ("i", "j", "p", "q"))
    return ordered, partitions.compact(i, j, p=p, q=q)


def _column(table: pa.Table, name: str) -> npt.NDArray[Any]:
    values: npt.NDArray[Any] = table[name].to_numpy()
    return values


def _state(table: pa.Table, **columns: npt.NDArray[np.floating[Any]]) -> pa.Table:
    kept = {name: table[name] for name in ("part", "i", "j", "p", "q")}
    return pa.table({**kept, **columns})
