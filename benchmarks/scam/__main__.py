"""`python -m benchmarks.scam`: recall before the first request for money, false alarms, tricks of spelling, speed.

First across authors (`crossed.py`); then the product's own model on the conversations that were written by other hands
and looked at by nobody who worked on the guard (`unseen_*.jsonl`; alone with `--unseen`), and on the half of people's
real ones that it has not learned from.
"""

import argparse
import io
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.scam.crossed import Fold, folds
from benchmarks.scam.disguise import TRICKS, variants
from benchmarks.scam.learn import Weights
from benchmarks.scam.measure import Lived, live, share
from benchmarks.scam.read import HERE, REAL, UNSEEN, Conversation, learned_from, real, test_set
from benchmarks.table import table
from niangjia.scenes.dating.scam.kernels import risk
from niangjia.scenes.dating.scam.kernels.phrases import weights

THRESHOLDS = (risk.WARN - 2, risk.WARN - 1, risk.WARN, risk.WARN + 1)
FEW = 5  # a kind of so few conversations is no row of its own
FOLDER = HERE / "conversations"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--unseen", action="store_true", help="only the product's model on what nobody looked at")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--variants", type=int, default=1200)
    given = parser.parse_args()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # it takes an hour and more
    if not given.unseen:
        _crossed(given.folder, given.variants)
    unseen = [one for one in test_set(given.folder) if one.file.startswith(UNSEEN)]
    if unseen:
        unseen += [one for one in real(given.folder) if not learned_from(one)]
        print("\nUnseen, by the product's own model")
        lives = [live(one) for one in unseen]
        _report(lives)
        _robust([lives], [weights()], given.variants)
    _speed(unseen)


def _crossed(folder: Path, wanted: int) -> None:
    crossed = folds(folder)
    learned = [fold.learned() for fold in crossed]
    lives = [fold.lived(known) for fold, known in zip(crossed, learned, strict=True)]
    _report([one for each in lives for one in each])
    _made_harder(crossed, learned)
    _rules(crossed)
    _robust(lives, learned, wanted)


def _report(lives: Sequence[Lived]) -> None:
    scams, honest = [one for one in lives if one.of.scam], [one for one in lives if not one.of.scam]
    print(
        f"{len(scams)} scams, {len(honest)} honest conversations; the receiver is warned from {risk.WARN:g} points on"
    )
    rows = [(f"{points:g} points" + (" (ours)" if points == risk.WARN else ""), points) for points in THRESHOLDS]
    print(table("Share (95 % interval after Wilson)", HEAD, [(name, *_shares(lives, points)) for name, points in rows]))
    _by_style(scams, _set, lambda one: one.in_time(risk.WARN), "Warned before the request is written, by set")
    _by_style(scams, _set, lambda one: one.before_it_is_read(risk.WARN), "Warned before it is read, by set")
    _by_style(scams, lambda one: one.of.file, lambda one: one.in_time(risk.WARN), "Caught in time, by author")
    _by_style(scams, lambda one: one.of.style, lambda one: one.in_time(risk.WARN), "Caught in time, by style")
    for points in THRESHOLDS[1:]:
        title = f"Honest conversations warned from {points:g} points on, by set"
        _by_style(honest, _set, lambda one, points=points: one.warned(points), title)  # type: ignore[misc]
    print(
        table(
            "Swindled people warned themselves",
            ("", "share"),
            [(f"{points:g} points", share(one.other_warned(points) for one in scams)) for points in THRESHOLDS],
        )
    )


def _set(one: Lived) -> str:
    """The files of one brief; their authors are numbered."""
    return one.of.file.rstrip("0123456789").rstrip("_")


HEAD = ("Warned from", "before the request is written", "before it is read", "at all", "false alarms (written)")


def _shares(lives: Sequence[Lived], points: float) -> Iterator[str]:
    scams = [one for one in lives if one.of.scam]
    yield share(one.in_time(points) for one in scams)
    yield share(one.before_it_is_read(points) for one in scams)
    yield share(one.warned(points) for one in scams)
    yield share(one.warned(points) for one in lives if not one.of.scam and one.of.file != REAL)


def _made_harder(crossed: Sequence[Fold], learned: Sequence[Weights]) -> None:
    """The honest ones of the files are short and begin in the middle: what a hello, or long talk, would do to them."""
    both = (("each begun with a swindler's hello", Fold.greeted), ("several strung to 12 to 40 lines", Fold.long))
    for title, harder in both:
        lives = [one for fold, known in zip(crossed, learned, strict=True) for one in harder(fold).lived(known)]
        rows = [(f"{points:g} points", share(one.warned(points) for one in lives)) for points in THRESHOLDS]
        print(table(f"Honest conversations warned, {title}", ("", "share"), rows))


def _rules(crossed: Sequence[Fold]) -> None:
    """What the written rules can do alone, aiming at as many alarms."""
    lives = [one for fold in crossed for one in fold.written().lived(fold.rules_only())]
    print(table(f"Written rules only, from {risk.WARN:g} points on", HEAD, [("", *_shares(lives, risk.WARN))]))


def _by_style(lives: Sequence[Lived], kind: Callable[[Lived], str], hit: Callable[[Lived], bool], title: str) -> None:
    kinds: dict[str, list[bool]] = defaultdict(list)
    for one in lives:
        kinds[kind(one)].append(hit(one))
    rows = [(name, share(flags)) for name, flags in sorted(kinds.items()) if len(flags) >= FEW]
    if rows:
        print(table(title, ("Kind", "share"), rows))


def _robust(lives: Sequence[Sequence[Lived]], learned: Sequence[Weights], wanted: int) -> None:
    """The same conversations with their telling words in disguise: how many are still caught in time."""
    rows, every = [], []
    for trick in TRICKS:
        flags = []
        for each, known in zip(lives, learned, strict=True):
            caught = [one.of for one in each if one.of.scam and one.in_time(risk.WARN)]
            made = variants(caught, trick, max(1, wanted // len(TRICKS) // len(lives)), known)
            flags += [live(one, known).in_time(risk.WARN) for one in made]
        every += flags
        rows.append((trick, share(flags)))
    rows.append(("all", share(every)))
    print(table("Caught in time still, of those caught undisguised", ("Trick", "share"), rows))


def _speed(conversations: Sequence[Conversation]) -> None:
    times = []
    for one in conversations[:300]:
        said = one.upto(len(one.turns) - 1)
        began = time.process_time()
        risk.weigh(said)
        times.append((time.process_time() - began) * 1e6)
    lines = statistics.mean(len(one.turns) for one in conversations[:300])
    slow = statistics.quantiles(times, n=100)[98]
    print(table(
        "Microseconds of the processor for one weighing of a whole conversation", ("Lines (mean)", "median", "p99"),
        [(f"{lines:.0f}", f"{statistics.median(times):.0f}", f"{slow:.0f}")],
    ))  # fmt: skip


if __name__ == "__main__":
    main()
