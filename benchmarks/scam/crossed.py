"""Learned from one author, measured on the other: nobody is judged by a model that has seen them or their author."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.scam.learn import OPENING, SEED, Weights, honest_tops, learn, moved
from benchmarks.scam.measure import Lived, live
from benchmarks.scam.read import Conversation, Turn, dev, real, test_set
from niangjia.scenes.dating.scam.kernels.phrases import BEGINS, WRITTEN

AUTHORS = ("scam_a", "scam_b")


@dataclass(frozen=True)
class Fold:
    """What is learned from, and what is judged: the other author and the other half of the honest ones."""

    seen: Sequence[Conversation]
    judged: Sequence[Conversation]

    def learned(self) -> Weights:
        return learn(self.seen)

    def dev_only(self) -> Weights:
        return learn([one for one in self.seen if one.file == "dev"])

    def rules_only(self) -> Weights:
        rules = {BEGINS: 0.0, WRITTEN: 1.0}
        return moved(rules, honest_tops(self.seen, rules))

    def written(self) -> "Fold":
        """Without the real conversations, which take long."""
        return Fold(self.seen, [one for one in self.judged if one.file != "benign_real"])

    def greeted(self) -> "Fold":
        """Its honest conversations, each begun with the hello of a swindler who is judged here too."""
        hellos = [one.turns[: OPENING * 2] for one in self.judged if one.scam]
        honest = [one for one in self.written().judged if not one.scam]
        dice = random.Random(SEED)
        return Fold(self.seen, [replace(one, turns=_behind(dice.choice(hellos), one.turns)) for one in honest])

    def lived(self, weights: Weights) -> list[Lived]:
        return [live(one, weights) for one in self.judged]


def _behind(hello: Sequence[Turn], turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """All later by the time the hello took."""
    return (*hello, *(replace(turn, at=turn.at + hello[-1].at) for turn in turns))


def folds(folder: Path) -> list[Fold]:
    """Real conversations are judged only: no model learns from them."""
    everyone, found = [*test_set(folder), *real(folder)], []
    honest = [one for one in everyone if not one.scam]
    first = {one.key for one in random.Random(SEED).sample(honest, len(honest) // 2)}
    for author, half in zip(AUTHORS, (True, False), strict=True):
        mine = [one for one in everyone if (one.file == author if one.scam else (one.key in first) is half)]
        keys = {one.key for one in mine}
        seen = [*dev(), *(one for one in mine if one.file != "benign_real")]
        found.append(Fold(seen, [one for one in everyone if one.key not in keys]))
    return found
