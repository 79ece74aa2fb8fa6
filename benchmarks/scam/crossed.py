"""Learned from other authors, measured on some: nobody is judged by a model that has seen them or their author."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from benchmarks.scam.learn import SEED, Weights, honest_tops, learn, moved
from benchmarks.scam.measure import Lived, live
from benchmarks.scam.read import REAL, Conversation, Turn, everyone, learned_from, real
from niangjia.scenes.dating.scam.kernels import risk
from niangjia.scenes.dating.scam.kernels.phrases import BEGINS, WRITTEN


def _ordinary(first: int) -> list[str]:
    """Every fourth author of ordinary courting."""
    return [f"honest_{number}" for number in range(first, 21, 4)]


# Who is judged together, and which half of the older honest ones without swindles beside them
GROUPS: tuple[tuple[frozenset[str], bool | None], ...] = (
    (
        frozenset(
            {"scam_a", "long_a", *(f"author_{name}" for name in ("d", "h", "l", "p", "t1", "u", "w")), *_ordinary(1)}
        ),
        False,
    ),
    (
        frozenset(
            {"scam_b", "long_b", *(f"author_{name}" for name in ("e", "i", "m", "q", "t2", "v", "x")), *_ordinary(2)}
        ),
        True,
    ),
    (frozenset({"long_c", *(f"author_{name}" for name in ("c", "f", "j", "n", "r", "y")), *_ordinary(3)}), None),
    (frozenset({*(f"author_{name}" for name in ("g", "k", "o", "s", "z")), *_ordinary(4)}), None),
)
AUTHORS = frozenset().union(*(authors for authors, _half in GROUPS))
LONG = 150


@dataclass(frozen=True)
class Fold:
    """What is learned from, and what is judged: another author and the other half of the honest ones."""

    seen: Sequence[Conversation]
    judged: Sequence[Conversation]

    def learned(self) -> Weights:
        return learn(self.seen)

    def rules_only(self) -> Weights:
        rules = {BEGINS: 0.0, WRITTEN: 1.0}
        return moved(rules, honest_tops(self.seen, rules))

    def written(self) -> "Fold":
        """Without the real conversations, which take long."""
        return Fold(self.seen, [one for one in self.judged if one.file != REAL])

    def greeted(self) -> "Fold":
        """Its honest conversations, each begun with the hello of a swindler who is judged here too."""
        hellos = [one.turns[: risk.OPENING * 2] for one in self.judged if one.scam]
        honest = [one for one in self.written().judged if not one.scam]
        dice = random.Random(SEED)
        return Fold(self.seen, [replace(one, turns=_behind(dice.choice(hellos), one.turns)) for one in honest])

    def long(self) -> "Fold":
        """What its honest people say, several strung together: would much innocent talk add up to a warning?"""
        honest = [one for one in self.written().judged if not one.scam]
        sides = [[turn for turn in one.turns if turn.who == who] for one in honest for who in "ab"]
        dice, found = random.Random(SEED), []
        for number in range(LONG):
            lines = [turn for side in dice.choices(sides, k=8) for turn in side][: dice.randrange(12, 40)]
            turns = tuple(Turn("a", turn.text, timedelta(hours=at)) for at, turn in enumerate(lines))
            found.append(Conversation(f"long-{number}", False, "long", turns, None, None, "long"))
        return Fold(self.seen, found)

    def lived(self, weights: Weights) -> list[Lived]:
        return [live(one, weights) for one in self.judged]


def _behind(hello: Sequence[Turn], turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """All later by the time the hello took."""
    return (*hello, *(replace(turn, at=turn.at + hello[-1].at) for turn in turns))


def folds(folder: Path) -> list[Fold]:
    """One for each group of authors; every conversation is judged once.

    The older honest ones and the real ones go by halves: one is learned from where the other is judged.
    """
    known = [*everyone(folder), *real(folder)]
    return [_fold(known, authors, half) for authors, half in GROUPS]


def _fold(known: Sequence[Conversation], authors: frozenset[str], half: bool | None) -> Fold:
    judged = [one for one in known if one.file in authors or (_halved(one) and learned_from(one) is half)]
    keys = {one.key for one in judged}
    seen = [one for one in known if one.key not in keys]
    return Fold([one for one in seen if half is not None or one.file != REAL or learned_from(one)], judged)


def _halved(one: Conversation) -> bool:
    return one.file != "dev" and one.file not in AUTHORS
