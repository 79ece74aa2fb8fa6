"""`python -m benchmarks.nightly [--people 200000]`: one night of the matching engine, from database to stored lists.

The demo city is loaded once into var/nightly-<people> and used again. `people` counts those who stand in the market,
both sides together; everybody agrees to a personal order, so that everybody gets a list. The run is made twice: the
first one compiles the kernels, the second counts (its lists replace those of the first, as every night).
"""

import argparse
import json
import logging
import resource
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.installation import machine, scratch
from benchmarks.table import table

LIMIT = 300.0  # seconds, for 100,000 beside 100,000
LARGE = 200_000
TRIES = 12  # newcomers ranked one by one


def main() -> int:
    options = _options()
    with scratch(keep=Path("var") / f"nightly-{options.people}"):
        figures = _night(options.people)
    print(machine())
    print(_told(figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.nightly", description=__doc__)
    parser.add_argument("--people", type=int, default=LARGE, help="people in the market, both sides, about")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the same figures here")
    return parser.parse_args()


def _night(people: int) -> dict[str, Any]:
    from benchmarks.nightly import market  # noqa: PLC0415  # models exist only inside scratch()
    from niangjia.kernel import clock  # noqa: PLC0415  # as above
    from niangjia.scenes.dating.services import recommending  # noqa: PLC0415  # as above

    market.load(people)
    now = clock.now()
    recommending.make_lists(now=now - timedelta(minutes=1))
    peaks = _Peaks()
    begun, cpu = time.perf_counter(), time.process_time()
    run = recommending.make_lists(now=now)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    if run.state != "done":
        raise SystemExit(f"the run failed: {run.error}")
    return {
        "people": run.people,
        "lists": run.lists,
        "edges": run.edges,
        "seconds": round(seconds, 1),
        "cpu": round(cpu, 1),
        "phases": run.seconds,
        "phase_peak_mb": peaks.megabytes,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "sides": list(
            run.sides.values("side", "lists", "matches", "gini", "gini_shown", "with_one", "envy", "unlisted")
        ),
        "newcomer_ms": _newcomers(now),
        "card": run.card,
    }


class _Peaks(logging.Handler):
    """How much memory the process had needed at most when each stage was over, as the engine tells its log."""

    def __init__(self) -> None:
        super().__init__(level=logging.INFO)
        self.megabytes: dict[str, int] = {}
        log = logging.getLogger("niangjia.engines.matching.types")
        log.setLevel(logging.INFO)
        log.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.megabytes[record.__dict__["stage"]] = record.__dict__["peak_mb"]


def _newcomers(now: datetime) -> dict[str, float]:
    """How long the worker takes for one newcomer's list."""
    import numpy as np  # noqa: PLC0415  # only for percentiles

    from benchmarks.nightly import market  # noqa: PLC0415  # models exist only inside scratch()
    from niangjia.scenes.dating.services import recommending  # noqa: PLC0415  # as above

    times = []
    for person in market.some(TRIES):
        begun = time.perf_counter()
        recommending.rank_members(person_ids=[person], now=now)
        times.append((time.perf_counter() - begun) * 1000)
    later = times[1:] or times  # the first reads the embedding from disk
    return {"p50": round(float(np.percentile(later, 50)), 1), "p99": round(float(np.percentile(later, 99)), 1)}


def _told(figures: dict[str, Any]) -> str:
    peaks = figures["phase_peak_mb"]
    phases = [[name, f"{seconds:.1f}", str(peaks.get(name, ""))] for name, seconds in figures["phases"].items()]
    large = figures["people"] >= 0.95 * LARGE
    verdict = f" (must be under {LIMIT:.0f}: {'reached' if figures['seconds'] <= LIMIT else 'MISSED'})" if large else ""
    head = f"{figures['people']:,} people, {figures['lists']:,} lists, {figures['edges']:,} pairs weighed"
    lines = [["all of it" + verdict, f"{figures['seconds']:.1f}", str(figures["peak_mb"])]]
    lines.append(["CPU of all threads", f"{figures['cpu']:.1f}", ""])
    sides = [
        [
            side["side"],
            *(f"{side[key]:,.3f}" for key in ("matches", "with_one", "gini", "gini_shown", "envy", "unlisted")),
        ]
        for side in figures["sides"]
    ]
    names = ("lists of", "matches", "with one", "Gini", "Gini shown", "envy", "unlisted")
    newcomer = figures["newcomer_ms"]
    return "".join(
        (
            table(head, ("phase", "seconds", "peak MB so far"), [*phases, *lines]),
            table("fairness", names, sides),
            f"one newcomer's list: p50 {newcomer['p50']} ms, p99 {newcomer['p99']} ms\n\n{figures['card']}\n",
        )
    )


if __name__ == "__main__":
    sys.exit(main())
