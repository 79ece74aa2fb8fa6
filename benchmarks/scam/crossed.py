"""Learned from other authors, measured on one: nobody is judged by a model that has seen them or their author."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from benchmarks.scam.learn import OPENING, SEED, Weights, honest_tops, learn, moved
from benchmarks.scam.measure import Lived, live
from benchmarks.scam.read import REAL, Conversation, Turn, dev, learned_from, real, test_set
from niangjia.scenes.dating.scam.kernels.phrases import BEGINS, WRITTEN

AUTHORS = {"scam_a": False, "scam_b": True, "author_c": None}  # and which half of the other honest ones is judged
LONG = 150
UNSEEN = "unseen"  # files of this name are for the product's own model, and for no learning


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
        hellos = [one.turns[: OPENING * 2] for one in self.judged if one.scam]
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
    """One for each author; every conversation is judged once.

    The older honest ones and the real ones go by halves: one is learned from where the other is judged.
    """
    everyone = [*dev(), *(one for one in test_set(folder) if not one.file.startswith(UNSEEN)), *real(folder)]
    return [_fold(everyone, author, half) for author, half in AUTHORS.items()]


def _fold(everyone: Sequence[Conversation], author: str, half: bool | None) -> Fold:
    judged = [one for one in everyone if one.file == author or (_halved(one) and learned_from(one) is half)]
    keys = {one.key for one in judged}
    seen = [one for one in everyone if one.key not in keys]
    return Fold([one for one in seen if half is not None or one.file != REAL or learned_from(one)], judged)


def _halved(one: Conversation) -> bool:
    return one.file != "dev" and one.file not in AUTHORS
