"""`python -m benchmarks.partitions [--people 10000] [--json FILE]`: what a market loses by being cut into parts.

Each market is cleared uncut, then in 2, 4, 8 and 16 parts: told of each other's crowds (ours), and blind to them.
Welfare is that of the whole market, everybody's attention counted once. Markets:
city      as the demo city: 13 districts of unlike size, one in five meets nobody outside the own district
province  eleven such cities, nine candidates of ten from the own one
random    candidates from anywhere: no cut is better than another, the worst case
CPU counts this process (Spark's workers are others). The last two columns are those of the largest part in a process
of its own, one round: what one machine must bear.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.installation import machine
from benchmarks.matching.measure import Case, Job, Stopwatch, Values, measure
from benchmarks.table import table
from niangjia.engines.matching.kernels.clearing.ascent import SocialWelfare
from niangjia.engines.matching.kernels.clearing.base import INV, Clearing, Solver, rank
from niangjia.engines.matching.kernels.clearing.fairness import fairness
from niangjia.engines.matching.kernels.clearing.partitions import Partitioned, compact
from niangjia.engines.matching.kernels.exposure import Exposure
from niangjia.engines.matching.kernels.market import Market

PARTS = (2, 4, 8, 16)
ON_SPARK = 4  # parts
CANDIDATES = 100
STEPS = 30
DISTRICTS = np.array([13, 11, 13, 10, 15, 13, 5, 4, 7, 6, 2, 1, 2]) / 102  # as in the demo city
HEAD = (
    "market",
    "parts",
    "pairs across",
    "matches",
    "of uncut",
    "with one",
    "Gini",
    "seconds",
    "CPU",
    "CPU of a part",
    "MB",
)


@dataclass(frozen=True, slots=True)
class Geography:
    """Shares of owners who meet the own district only, and of other owners' candidates who are of the own city."""

    cities: int
    district_only: float
    own_city: float


MARKETS = {
    "city": Geography(cities=1, district_only=0.2, own_city=1),
    "province": Geography(cities=11, district_only=0.2, own_city=0.9),
    "random": Geography(cities=1, district_only=0, own_city=0),
}


def drawn(geography: Geography, n: int, *, seed: int = 0) -> tuple[Market, npt.NDArray[np.int64]]:
    """n beside n with about CANDIDATES candidates each, half of a yes is general taste; and the owners' districts."""
    rng = np.random.default_rng(seed)
    chances = np.tile(DISTRICTS, geography.cities) / geography.cities
    districts, per_city = np.arange(chances.size + 1), DISTRICTS.size
    place, shown = (np.sort(rng.choice(chances.size, n, p=chances)) for _ in range(2))
    ends = np.searchsorted(shown, districts)  # those of district d are ends[d] .. ends[d + 1] - 1
    only = rng.random((n, 1)) < geography.district_only
    near = rng.random((n, CANDIDATES)) < geography.own_city
    city = (place // per_city * per_city)[:, None]
    low = np.where(only, ends[place][:, None], np.where(near, ends[city], 0))
    high = np.where(only, ends[place + 1][:, None], np.where(near, ends[city + per_city], n))
    columns = low + (rng.random((n, CANDIDATES)) * (high - low)).astype(np.int64)
    row, column = np.divmod(np.unique(np.arange(n)[:, None] * n + columns), n)
    liked, liked_ = rng.random(n), rng.random(n)
    market = Market.from_edges(
        indptr=np.searchsorted(row, np.arange(n + 1)),
        indices=column,
        p=(rng.random(row.size) + liked_[column]) / 2,
        q=(rng.random(row.size) + liked[row]) / 2,
        n_reactive=n,
    )
    return market, place


@dataclass(frozen=True, slots=True, eq=False)
class Blind:
    """Parts that know nothing of one another: every part is cleared as if it were alone in the world."""

    cut: Partitioned

    def solve(self, market: Market, *, exposure: Exposure = INV, length: int | None = None) -> Clearing:
        x = np.zeros_like(market.p)
        part, rows = self.cut.part_of(market)[market.rows()], market.rows()
        for k in range(self.cut.parts):
            mine = np.flatnonzero(part == k)
            alone = compact(rows[mine], market.indices[mine], p=market.p[mine], q=market.q[mine])
            x[mine] = self.cut.solver.solve(alone, exposure=exposure, length=length).x
        return rank(market, x, exposure=exposure, length=length)


def _solver(way: str, cut: Partitioned) -> Solver:
    match way:
        case "uncut":
            return cut.solver
        case "blind":
            return Blind(cut)
        case "Spark":
            from niangjia.engines.matching.spark import OnSpark, session  # noqa: PLC0415  # no Java for the others

            spark = session("local[*]", spark_ui_enabled="false", spark_sql_shuffle_partitions="4")
            return OnSpark(spark, cut)
    return cut


def whole(way: str, cut: Partitioned, market: Market) -> Values:
    """All parts in this process (on Spark: in its workers), and what the lists are worth to everybody."""
    with Stopwatch() as watch:
        found = _solver(way, cut).solve(market)
    told = fairness(market, found, sample=0)
    return {
        **watch.times,
        "matches": told.total,
        "with_one": told.proactive.share_with_one,
        "gini": told.proactive.gini,
        "across": _across(market, cut.part_of(market)),
    }


def _across(market: Market, part: npt.NDArray[np.int32]) -> float:
    """The share of pairs whose reactive person has most applicants in another part."""
    parts, n = int(part.max(initial=0)) + 1, market.n_reactive
    mine = part[market.rows()]
    held = np.bincount(market.indices.astype(np.int64) * parts + mine, minlength=n * parts).reshape(n, parts)
    return float((held.argmax(axis=1)[market.indices] != mine).mean())


def largest(folder: Path, job: Job) -> Values:
    """One part alone, as on a machine of its own: one round of its lists."""
    market, _ = _load(folder)
    SocialWelfare(steps=1).solve(drawn(MARKETS["city"], 600)[0])
    with Stopwatch() as watch:
        SocialWelfare(steps=STEPS).solve(market)
    return {**watch.times, "own_mb": _own_peak()}


def _own_peak() -> float:
    """Of this process alone. ru_maxrss would do no good: a child begins with the peak of whoever started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(status.split("VmHWM:")[1].split()[0]) / 1024


def _save(path: Path, market: Market, place: npt.NDArray[np.int64]) -> None:
    np.savez(
        path, indptr=market.indptr, indices=market.indices, p=market.p, q=market.q, n=market.n_reactive, place=place
    )


def _load(path: Path) -> tuple[Market, npt.NDArray[np.int64]]:
    with np.load(path) as kept:
        market = Market(kept["indptr"], kept["indices"], kept["p"], kept["q"], int(kept["n"]))
        return market, kept["place"]


def _part(folder: Path, market: Market, place: npt.NDArray[np.int64], parts: int) -> Path:
    """The largest part, in a file."""
    rows = market.rows()
    part = Partitioned(parts=parts, place=place).part_of(market)[rows]
    mine = np.flatnonzero(part == np.bincount(part).argmax())
    path = folder / f"part-{parts}.npz"
    _save(path, compact(rows[mine], market.indices[mine], p=market.p[mine], q=market.q[mine]), place)
    return path


def _figures(name: str, people: int) -> Iterator[dict[str, Any]]:
    market, place = drawn(MARKETS[name], people)
    with tempfile.TemporaryDirectory(prefix="niangjia-parts-") as kept:
        files = {parts: _part(Path(kept), market, place, parts) for parts in (1, *PARTS)}
        alone = {parts: _alone(file) for parts, file in files.items()}
    full = 0.0
    ways = [("uncut", 1), *((way, parts) for way in ("told", "blind") for parts in PARTS), ("Spark", ON_SPARK)]
    for way, parts in ways:
        cut = Partitioned(parts=parts, place=place, solver=SocialWelfare(steps=STEPS))
        told = whole(way, cut, market)
        full = full or float(told["matches"])
        of_uncut = float(told["matches"]) / full
        yield {"market": name, "way": way, "parts": parts, "part": alone[parts], "of_uncut": of_uncut, **told}


def _alone(file: Path) -> dict[str, float]:
    figure = measure(Case("", "", "", partial(largest, file)), Job(quick=False, data=None))
    if not figure.values:
        raise SystemExit(f"a measurement {figure.note}")
    return {"seconds": figure.seconds, "cpu": float(figure.values["cpu"]), "peak_mb": float(figure.values["own_mb"])}


def _line(row: dict[str, Any]) -> list[str]:
    part = row["part"]
    return [
        f"{row['market']}, {row['way']}",
        str(row["parts"]),
        f"{row['across']:.1%}",
        f"{row['matches']:,.0f}",
        f"{row['of_uncut']:.2%}",
        f"{row['with_one']:.1%}",
        f"{row['gini']:.3f}",
        f"{row['seconds']:.1f}",
        f"{row['cpu']:.1f}",
        f"{part['cpu']:.1f}",
        f"{part['peak_mb']:.0f}",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.partitions", description=__doc__)
    parser.add_argument("--people", type=int, default=10_000, help="on either side")
    parser.add_argument("--market", action="append", choices=MARKETS, help="only this one; may be given again")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the same figures here")
    options = parser.parse_args()
    print(machine(), flush=True)
    _compile()
    found = []
    for name in options.market or MARKETS:
        found += list(_figures(name, options.people))
        head = f"{name}: {options.people:,} beside {options.people:,}, {CANDIDATES} candidates"
        print(table(head, HEAD, [_line(row) for row in found if row["market"] == name]), flush=True)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n")


def _compile() -> None:
    """Before the clock runs: the kernels for one thread and those for all."""
    for people in (60, 2200):
        market, place = drawn(MARKETS["city"], people)
        Partitioned(parts=1, place=place, solver=SocialWelfare(steps=1)).solve(market)


if __name__ == "__main__":
    main()
