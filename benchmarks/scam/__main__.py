"""`python -m benchmarks.scam`: recall before the first request for money, false alarms, tricks of spelling, speed.

`--dev` measures the conversations the rules were made on, which proves nothing.
"""

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.scam.disguise import TRICKS, variants
from benchmarks.scam.measure import Lived, live, share
from benchmarks.scam.read import HERE, Conversation, dev, test_set
from benchmarks.table import table
from niangjia.scenes.dating.scam.kernels import risk

THRESHOLDS = (risk.WARN - 2, risk.WARN - 1, risk.WARN, risk.WARN + 1)
FOLDER = HERE / "conversations"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--dev", action="store_true", help="the conversations the rules were made on")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--variants", type=int, default=1200)
    given = parser.parse_args()
    conversations = dev() if given.dev else test_set(given.folder)
    lives = [live(one) for one in conversations]
    scams, honest = [one for one in lives if one.of.scam], [one for one in lives if not one.of.scam]
    print(
        f"{len(scams)} scams, {len(honest)} honest conversations; the receiver is warned from {risk.WARN:g} points on"
    )
    _by_threshold(scams, honest)
    _by_style(scams, lambda one: one.in_time(risk.WARN), "Scams caught in time, by style")
    _by_style(honest, lambda one: one.warned(risk.WARN), "Honest conversations warned, by file")
    _robust([one.of for one in scams if one.in_time(risk.WARN)], given.variants)
    _speed(conversations)


def _by_threshold(scams: Sequence[Lived], honest: Sequence[Lived]) -> None:
    rows = [
        (
            f"{points:g} points" + (" (ours)" if points == risk.WARN else ""),
            share(one.in_time(points) for one in scams),
            share(one.with_it(points) for one in scams),
            share(one.warned(points) for one in scams),
            share(one.warned(points) for one in honest),
        )
        for points in THRESHOLDS
    ]
    head = ("Warned from", "before the request", "with the request at latest", "at all", "false alarms")
    print(table("Share (95 % interval after Wilson)", head, rows))


def _by_style(lives: Sequence[Lived], hit: Callable[[Lived], bool], title: str) -> None:
    styles: dict[str, list[bool]] = defaultdict(list)
    for one in lives:
        styles[one.of.style].append(hit(one))
    print(table(title, ("Style", "share"), [(style, share(flags)) for style, flags in sorted(styles.items())]))


def _robust(caught: Sequence[Conversation], wanted: int) -> None:
    """The same conversations with their telling words in disguise: how many are still caught in time."""
    rows, every = [], []
    for trick in TRICKS:
        made = variants(caught, trick, max(1, wanted // len(TRICKS)))
        flags = [live(one).in_time(risk.WARN) for one in made]
        every += flags
        rows.append((trick, share(flags)))
    rows.append(("all", share(every)))
    print(table("Caught in time still, of those caught undisguised", ("Trick", "share"), rows))


def _speed(conversations: Sequence[Conversation]) -> None:
    times = []
    for one in conversations[:300]:
        said = one.upto(len(one.turns) - 1)
        began = time.perf_counter()
        risk.weigh(said)
        times.append((time.perf_counter() - began) * 1e6)
    lines = statistics.mean(len(one.turns) for one in conversations[:300])
    slow = statistics.quantiles(times, n=100)[98]
    print(table(
        "Microseconds for one weighing of a whole conversation", ("Lines (mean)", "median", "p99"),
        [(f"{lines:.0f}", f"{statistics.median(times):.0f}", f"{slow:.0f}")],
    ))  # fmt: skip


if __name__ == "__main__":
    main()
