"""Every conversation lived through turn by turn, as the room of messages does."""

import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks.scam.read import Conversation
from niangjia.scenes.dating.scam.kernels import phrases, risk


@dataclass(frozen=True)
class Lived:
    """`tops[i]` is the highest threshold at which turn i is marked: 0 when it adds nothing."""

    of: Conversation
    tops: tuple[float, ...]

    def warned(self, threshold: float, *, before: int | None = None) -> bool:
        """Whether a line of the suspect (of anybody, when there is none) was marked."""
        turns = self.of.turns[:before]
        sides = (self.of.scammer,) if self.of.scammer else ("a", "b")
        return any(top >= threshold for top, turn in zip(self.tops, turns, strict=False) if turn.who in sides)

    def in_time(self, threshold: float) -> bool:
        """Before the turn that first asks for money."""
        return self.warned(threshold, before=self.of.first_money)

    def before_it_is_read(self, threshold: float) -> bool:
        """Before it, or on it: a message that is warned of stays folded until its receiver has read the warning."""
        first = self.of.first_money
        return self.warned(threshold, before=None if first is None else first + 1)

    def other_warned(self, threshold: float) -> bool:
        """Whether the honest side of a scam was marked."""
        return any(
            top >= threshold for top, turn in zip(self.tops, self.of.turns, strict=True) if turn.who != self.of.scammer
        )


def live(conversation: Conversation, weights: Mapping[str, float] | None = None) -> Lived:
    known = phrases.weights() if weights is None else weights
    found = [risk.judged(reading(conversation, at), known) for at in range(len(conversation.turns))]
    return Lived(conversation, tuple(one.score if one.new else 0.0 for one in found))


def reading(conversation: Conversation, at: int) -> risk.Reading:
    """What is read with turn `at`: the slow part of weighing, the same whatever the weights are."""
    key = id(conversation), at
    if key in _READ:
        return _READ[key][1]
    found = risk.read(conversation.upto(at), risk.Context())
    if conversation.key:  # those without one are made up for a moment
        found = replace(found, clues=_shared(conversation, at, found.clues))
        _READ[key] = conversation, found
    return found


_READ: dict[tuple[int, int], tuple[Conversation, risk.Reading]] = {}  # with its conversation, or its id would be reused


def _shared(conversation: Conversation, at: int, clues: tuple[frozenset[str], ...]) -> tuple[frozenset[str], ...]:
    """The clues of the lines before are those of the reading before: kept once."""
    who = conversation.turns[at].who
    before = next((past for past in range(at - 1, -1, -1) if conversation.turns[past].who == who), None)
    kept = _READ.get((id(conversation), before)) if before is not None else None
    earlier = kept[1].clues if kept else ()
    return (*earlier, *(frozenset(map(sys.intern, fresh)) for fresh in clues[len(earlier) :]))


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The interval that holds the true share 95 times in 100."""
    if not of:
        return 0.0, 1.0
    share, square = hits / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    wide = z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - wide), min(1.0, middle + wide)


def share(hits: Iterable[bool]) -> str:
    flags: Sequence[bool] = list(hits)
    low, high = wilson(sum(flags), len(flags))
    return f"{sum(flags)}/{len(flags)} = {sum(flags) / max(1, len(flags)):.1%} ({low:.1%} to {high:.1%})"
