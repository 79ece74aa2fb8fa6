"""How likely a conversation is that story: a sum anybody can add up by hand.

Points of the signals one side gave, more when they come soon after hello, more when the stages follow one another, more
when the same words went to others. A verdict is about the last line: lines that add nothing are never marked.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from niangjia.scenes.dating.scam.kernels.normalise import LINE, STOP, plain
from niangjia.scenes.dating.scam.kernels.phrases import BEGINS, THEIRS, THEN, WRITTEN, Spoken, clues, says, weights
from niangjia.scenes.dating.scam.kernels.signals import (
    ASSURING,
    MEET_ME,
    NOT,
    SIGNALS,
    UNEASY,
    WARY,
    Signal,
    Stage,
)

SOON_LINES: Final = 12  # lines of one's own
SOON: Final = timedelta(days=3)
MINUTE: Final = timedelta(minutes=1)
MOST_WRITTEN: Final = 36.0
WARN: Final = 4.0
ASK: Final = 2.0
CAREFUL: Final = 0.25  # what is left of a signal in a thought that warns of swindlers
BOTH: Final = 2.0  # two stages of the story
ALL: Final = 1.5  # and the third
GOES_ON: Final = 1.5  # although the other side grew uneasy, or asked to meet and was put off
TALKS: Final = 0.5  # three quarters of all that is written
SAME: Final = (0.0, 0.0, 3.0, 5.0)  # the same words in so many conversations
SHOWN: Final = 6
MOST, LEAST = 4.0, -2.0  # what one line can add, or take away: a story is told in many
DRIFT, LATER_DRIFT = 0.4, 0.8  # every line takes away so much, or whoever writes much would pass for a swindler
LATER: Final = 20  # lines of one's own: honest talk only grows, and a swindle that takes weeks grows plainer
SUNK: Final = -2.0  # innocent talk takes away no more than this in all, or patience would pay
OPENING: Final = 2  # lines with which everybody introduces themselves: nothing to show
LONG = 15  # letters; longer lines hold more of everything, and each of their clues says less
ADDS: Final = 0.5  # a line whose phrases say less adds nothing
TELLING: Final = 1.0  # one whose phrases say more is shown
# Before anybody is marked one line must be so telling by itself, or the signals of money and the way elsewhere say so
# much: warm words alone, however many, are courtship.
PLAIN: Final = 0.9
SIGNALLED: Final = 4.0
CUT: Final = 20
AT_ONCE: Final = timedelta(minutes=2)  # lines written so soon after one another may cut a word between them
_THOUGHTS: Final = re.compile(r"[，。！？；,!?;…\s]+")


@dataclass(frozen=True)
class Said:
    """One line: `mine` is the side whose words are weighed; `after` the first line of the conversation."""

    mine: bool
    text: str
    after: timedelta


@dataclass(frozen=True)
class Found:
    """A signal where it was found: the points it gave, the line, and its words as they were written."""

    signal: Signal
    points: float
    line: int
    words: str


@dataclass(frozen=True)
class Told:
    """A line whose phrases say much, by `points`."""

    line: int
    text: str
    points: float

    def words(self) -> str:
        """The thought in it that says most, cut short."""
        thoughts = [part for part in _THOUGHTS.split(self.text) if part.strip()]
        best = max(thoughts, key=_said, default="")
        return best.strip()[:CUT]


def _said(thought: str) -> float:
    return sum(says(fresh, weights()).mine for fresh in clues([Spoken(plain(thought).text)]))


@dataclass(frozen=True)
class Risk:
    """The sum and what it is made of. `new` is whether the last line added to it."""

    score: float
    found: tuple[Found, ...] = ()
    reasons: tuple[tuple[str, float], ...] = ()
    told: tuple[Told, ...] = ()
    new: bool = False

    @property
    def stage(self) -> Stage | None:
        """How far the story has come."""
        stages = {one.signal.stage for one in self.found if one.points >= 1}
        order: tuple[Stage, ...] = ("money", "leave", "rapport")
        return next((stage for stage in order if stage in stages), None)

    def evidence(self) -> tuple[str, ...]:
        """The words that count most, each once, in the order in which they were said."""
        best = sorted((one for one in self.found if one.signal.told and one.points >= 1), key=lambda one: -one.points)
        words = [(one.line, one.words) for one in best[:SHOWN]]
        lines = {line for line, _words in words}
        more = sorted((one for one in self.told if one.line not in lines), key=lambda one: -one.points)
        words += [(one.line, one.words()) for one in more[: max(0, SHOWN - len(words)) // 2]]
        return tuple(dict.fromkeys(text for _line, text in sorted(words) if text))


@dataclass(frozen=True)
class Context:
    """What is known beside the words: contacts opened by both here; in how many conversations the same was said."""

    contacts_open: bool = False
    same_words: int = 0
    off: frozenset[str] = field(default=frozenset())  # signals left out, to measure what each is worth
    weights: Mapping[str, float] = field(default_factory=weights)  # others only to measure


@dataclass(frozen=True)
class Reading:
    """What a conversation holds, before any of it is weighed.

    Signals, reasons, and for each of my lines the clues in it and in what the other side had answered before it.
    """

    mine: tuple[str, ...]
    every: tuple[Found, ...]
    reasons: tuple[tuple[str, float], ...]
    clues: tuple[frozenset[str], ...]
    sizes: tuple[int, ...]  # letters of my lines as they are meant


def weigh(lines: Sequence[Said], context: Context | None = None) -> Risk:
    """The risk of the conversation as it stands with its last line, which must be `mine`."""
    known = context or Context()
    return judged(read(lines, known), known.weights)


def read(lines: Sequence[Said], known: Context) -> Reading:
    mine = [line for line in lines if line.mine]
    every = _found(mine, known)
    spoken = list(_spoken(lines, mine=True))
    said = tuple(frozenset(fresh) for fresh in _clues(lines, spoken))
    sizes = tuple(len(one.text) for one in spoken)
    reasons = _reasons(_best(every), lines, mine, known)
    return Reading(tuple(line.text for line in mine), tuple(every), reasons, said, sizes)


def _clues(lines: Sequence[Said], spoken: Sequence[Spoken]) -> Iterator[set[str]]:
    """For each of my lines what is new in it, and in what the other side had said since my line before."""
    mine, theirs = clues(spoken), clues(_spoken(lines, mine=False))
    answered = set[str]()
    for line in lines:
        if line.mine:
            yield next(mine) | answered
            answered = set()
        else:
            answered |= {THEIRS + clue for clue in next(theirs) if THEN not in clue}


def _spoken(lines: Sequence[Said], *, mine: bool) -> Iterator[Spoken]:
    """The lines of one side; those that follow one another at once belong together."""
    before = None
    for line in lines:
        if line.mine is mine:
            at_once = before is not None and before.mine is mine and line.after - before.after <= AT_ONCE
            yield Spoken(plain(line.text).text, on=at_once)
        before = line


def judged(reading: Reading, known: Mapping[str, float]) -> Risk:
    if not reading.mine:
        return Risk(0)
    found, last = _best(reading.every), len(reading.mine) - 1
    said = [says(fresh, known) for fresh in reading.clues]
    by_line = _by_line([one.both for one in said], reading.sizes)
    signals = known.get(WRITTEN, 0.0) * min(_sum(found, reading.reasons), MOST_WRITTEN)
    new = by_line[last] >= ADDS or any(one.line == last and one.points >= 1 for one in reading.every)
    telling = [one.alone >= PLAIN * length(size) for one, size in zip(said, reading.sizes, strict=True)]
    told = tuple(
        Told(at, reading.mine[at], one.mine)
        for at, one in enumerate(said)
        if telling[at] or (at >= OPENING and one.mine >= TELLING)
    )
    score = known.get(BEGINS, 0.0) + _sunk(by_line) + signals
    return Risk(score, found, reading.reasons, told, new and (any(telling) or _signalled(found)))


def _signalled(found: Sequence[Found]) -> bool:
    """Money, or the way elsewhere, is named plainly."""
    return sum(one.points for one in found if one.signal.stage in ("money", "leave")) >= SIGNALLED


def _by_line(said: Sequence[float], sizes: Sequence[int]) -> list[float]:
    """What each line adds: within bounds, and long ones no more than short ones."""
    return [
        max(LEAST, min(MOST, points / length(size) if points > 0 else points))
        for points, size in zip(said, sizes, strict=True)
    ]


def length(size: int) -> float:
    """By how much less each clue says in a line of `size` letters."""
    return math.sqrt(max(1.0, size / LONG))


def _sunk(by_line: Sequence[float]) -> float:
    """A cumulative sum with a floor (CUSUM; Page, "Continuous inspection schemes", Biometrika 1954)."""
    total = 0.0
    for at, said in enumerate(by_line):
        total = max(SUNK, total + said - (DRIFT if at < LATER else LATER_DRIFT))
    return total


def same_words() -> float:
    """The most that having written the same to others can add."""
    return max(SAME) * weights()[WRITTEN]


def written(reading: Reading) -> float:
    """The points of the signals alone."""
    return _sum(_best(reading.every), reading.reasons)


def _sum(found: Sequence[Found], reasons: Sequence[tuple[str, float]]) -> float:
    return sum(one.points for one in found) + sum(points for _name, points in reasons)


def _best(every: Sequence[Found]) -> tuple[Found, ...]:
    """Each signal once, where it is strongest."""
    best: dict[str, Found] = {}
    for one in every:
        key = one.signal.kin or one.signal.code
        if key not in best or one.points > best[key].points:
            best[key] = one
    return tuple(best.values())


def _found(mine: Sequence[Said], known: Context) -> list[Found]:
    """Every signal in every line of one side, as if they had written one text: words may be cut over lines."""
    original = LINE.join(line.text.replace(LINE, " ") for line in mine)
    read = plain(original)
    starts = [0, *(at + 1 for at, char in enumerate(original) if char == LINE)]
    found = []
    for signal in SIGNALS:
        if signal.code in known.off:
            continue
        for match in signal.pattern.finditer(read.text):
            start, end = match.span()
            if end == start:
                continue
            line = bisect_right(starts, read.places[end - 1]) - 1
            points = _points(signal, line, mine[line], known) * _care(read.text, start, end)
            found.append(Found(signal, points, line, read.shown(original, start, end).replace(LINE, " ")))
    return found


def _points(signal: Signal, line: int, said: Said, known: Context) -> float:
    if signal.code in ("contact", "excuse") and known.contacts_open:
        return 0
    soon = line < SOON_LINES and said.after < SOON
    return signal.points + (signal.soon if soon else 0)


def _care(text: str, start: int, end: int) -> float:
    """Little weight for words inside a thought that warns of swindlers, none for "I never do that"."""
    left = max(text.rfind(LINE, 0, start), 0)
    right = text.find(LINE, end)
    thought = text[left : right if right >= 0 else len(text)]
    if WARY.search(thought) and not ASSURING.search(thought):
        return CAREFUL
    left = max(text.rfind(STOP, 0, start), text.rfind(LINE, 0, start), start - 4)
    return 0 if NOT.search(text, left + 1, start) and not NOT.search(text, start, end) else 1


def _reasons(
    found: Sequence[Found], lines: Sequence[Said], mine: Sequence[Said], known: Context
) -> tuple[tuple[str, float], ...]:
    """What the sum gets beside the signals themselves."""
    reasons = []
    strong = {one.signal.stage for one in found if one.points >= 2}
    rapport = sum(one.points for one in found if one.signal.stage == "rapport")
    if "money" in strong and ("leave" in strong or rapport >= 2):
        reasons.append(("stages", BOTH))
    if "money" in strong and "leave" in strong and rapport >= 2:
        reasons.append(("all stages", ALL))
    if "money" in strong and _went_on(found, lines):
        reasons.append(("went on", GOES_ON))
    if len(mine) >= 6 and sum(len(one.text) for one in mine) >= 0.75 * sum(len(one.text) for one in lines):
        reasons.append(("talks alone", TALKS))
    same = SAME[min(known.same_words, len(SAME) - 1)]
    return (*reasons, ("same words", same)) if same else tuple(reasons)


def _went_on(found: Sequence[Found], lines: Sequence[Said]) -> bool:
    """The other side grew uneasy or asked to meet, and later the story of money came or was put off again."""
    at, theirs = -1, None
    for line in lines:
        at += line.mine
        if not line.mine and theirs is None:
            read = plain(line.text).text
            theirs = at if UNEASY.search(read) or MEET_ME.search(read) else None
    return theirs is not None and any(
        one.line > theirs and (one.signal.stage == "money" or one.signal.code in ("dodge", "doubted"))
        for one in found
        if one.points >= 1
    )
