"""Every figure comes from a process of its own: its peak memory is its own, and a peer that takes too long is ended."""

import multiprocessing
import queue
import resource
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

Values = dict[str, float | str]


@dataclass(frozen=True, slots=True)
class Job:
    """What a case needs to know. scale: 1 for the published size, less for --quick."""

    quick: bool
    data: Path | None


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the table. `run` returns figures, "seconds" among them (compilation not counted)."""

    row: str
    what: str
    who: str  # "ours", or the peer's name
    run: Callable[[Job], Values]
    target: str = ""
    reached: Callable[[Mapping[str, Any]], bool] | None = None
    limit: float = 600.0  # seconds, compilation counted


@dataclass(frozen=True, slots=True)
class Figure:
    row: str
    what: str
    who: str
    target: str
    reached: bool | None
    seconds: float
    peak_mb: float
    values: Values
    note: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Stopwatch:
    """with Stopwatch() as watch: ...; watch.times: wall clock, and CPU of all threads (what neighbours cannot slow)."""

    times: Values

    def __enter__(self) -> "Stopwatch":
        self._start = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        seconds, cpu = time.perf_counter() - self._start[0], time.process_time() - self._start[1]
        self.times = {"seconds": seconds, "cpu": round(cpu, 4)}


def measure(case: Case, job: Job) -> Figure:
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[tuple[Values, float]] = context.Queue()
    child = context.Process(target=_child, args=(case.run, job, answers), daemon=True)
    child.start()
    begun, answer = time.monotonic(), None
    while answer is None and time.monotonic() < begun + case.limit:
        try:
            answer = answers.get(timeout=0.2)
        except queue.Empty:
            if not child.is_alive() and answers.empty():
                break
    ended = child.is_alive() and answer is None
    if ended:
        child.kill()
    child.join()
    answers.close()
    if answer is None:
        note = f"stopped after {case.limit:.0f} s" if ended else "failed"
        missed = False if case.reached else None
        return Figure(case.row, case.what, case.who, case.target, missed, time.monotonic() - begun, 0, {}, note)
    values, peak = answer
    seconds = float(values.pop("seconds"))
    reached = case.reached({**values, "seconds": seconds, "peak_mb": peak}) if case.reached else None
    note = str(values.pop("note", ""))
    return Figure(case.row, case.what, case.who, case.target, reached, seconds, peak, values, note)


def _child(run: Callable[[Job], Values], job: Job, answers: "multiprocessing.Queue[tuple[Values, float]]") -> None:
    values = run(job)
    answers.put((values, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
