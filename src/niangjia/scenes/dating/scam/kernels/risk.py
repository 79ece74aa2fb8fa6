"""How likely a conversation is that story: a sum anybody can add up by hand.

Points of the signals one side gave, more when they come soon after hello, more when the stages follow one another, more
when the same words went to others. A verdict is about the last line: lines that add nothing are never marked.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from niangjia.scenes.dating.scam.kernels.normalise import LINE, STOP, plain
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
WARN: Final = 9.0
ASK: Final = 6.0
CAREFUL: Final = 0.25  # what is left of a signal in a thought that warns of swindlers
BOTH: Final = 2.0  # two stages of the story
ALL: Final = 1.5  # and the third
GOES_ON: Final = 1.5  # although the other side grew uneasy, or asked to meet and was put off
TALKS: Final = 0.5  # three quarters of all that is written
SAME: Final = (0.0, 0.0, 3.0, 5.0)  # the same words in so many conversations
SHOWN: Final = 6


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
class Risk:
    """The sum and what it is made of. `new` is whether the last line added to it."""

    score: float
    found: tuple[Found, ...] = ()
    reasons: tuple[tuple[str, float], ...] = ()
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
        return tuple(dict.fromkeys(one.words for one in sorted(best[:SHOWN], key=lambda one: one.line)))


@dataclass(frozen=True)
class Context:
    """What is known beside the words: contacts opened by both here; in how many conversations the same was said."""

    contacts_open: bool = False
    same_words: int = 0
    off: frozenset[str] = field(default=frozenset())  # signals left out, to measure what each is worth


def weigh(lines: Sequence[Said], context: Context | None = None) -> Risk:
    """The risk of the conversation as it stands with its last line, which must be `mine`."""
    known = context or Context()
    mine = [line for line in lines if line.mine]
    if not mine:
        return Risk(0)
    best: dict[str, Found] = {}
    for one in _found(mine, known):
        key = one.signal.kin or one.signal.code
        if key not in best or one.points > best[key].points:
            best[key] = one
    found = tuple(best.values())
    reasons = _reasons(found, lines, mine, known)
    score = sum(one.points for one in found) + sum(points for _name, points in reasons)
    last = len(mine) - 1
    return Risk(score, found, reasons, new=any(one.line == last and one.points >= 1 for one in _found(mine, known)))


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
