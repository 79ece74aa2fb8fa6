"""How likely one says yes to the other: p and q of the market.

Three sources, the weaker giving way to the stronger:
- cold start: what is stated, before anybody decided anything (kernel `cold_start`);
- rates: how often the chooser says yes and the chosen hears it, shrunk towards everybody's mean;
- LightGBM on features of the pair, when there are ENOUGH decisions and it does better than chance on people it never
  saw.
Who did not agree to a personal order is nobody's training data: of their own yeses and passes, hobbies and wishes
nothing is used here, except that nobody is shown to them whom they do not wish for.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from niangjia.engines.matching.kernels.preferences.cold_start import ColdStart, blend
from niangjia.engines.matching.kernels.preferences.model_card import LIMITS
from niangjia.engines.matching.kernels.preferences.pair_model import PairModel, fit_pair_model
from niangjia.engines.matching.kernels.preferences.smoothing import Decisions, rates
from niangjia.engines.matching.types import F32, I32
from niangjia.scenes.dating.recommend.pools import rarity
from niangjia.scenes.dating.selectors.market import Between, Bools, People

F64 = npt.NDArray[np.float64]

ENOUGH = 5_000  # decisions from which on a model is fitted
SAMPLE = 60_000  # decisions it is fitted on, at most
BETTER_THAN_CHANCE = 0.55  # AUC on people held out
FOLDS = 5  # people, not decisions, are held out
TREES = 60
CHUNK = 500_000  # pairs at a time
KNOWS_NOTHING = 0.5
FEATURES = (
    "chooser says yes", "chosen hears yes", "hobbies alike", "years older", "cm taller", "same district",
    "same home town", "more education", "same marital history", "chooser is a woman",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Likes:
    """Preferences between any two of `people`, by their rows."""

    people: People
    says: F64  # per person: probability of saying yes
    hears: F64  # per person: probability of hearing yes
    asked: F64  # per person: decisions made
    seen: F64  # per person: decisions heard
    mean: float
    model: PairModel | None = None
    cold: ColdStart = field(default_factory=ColdStart)

    def between(self, i: I32, j: I32) -> tuple[F32, F32]:
        """p: i says yes to j; q: j says yes to i. Chunk by chunk, on every core; the same result on any number."""
        p, q = np.empty(i.size, dtype=np.float32), np.empty(i.size, dtype=np.float32)
        alike = Alike.of(self.people)

        def fill(part: slice) -> None:
            a, b = i[part], j[part]
            like = alike(a, b)
            p[part], q[part] = self._yes(a, b, like), self._yes(b, a, like)

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(fill, _chunks(i.size)))
        return p, q

    def _yes(self, chooser: I32, chosen: I32, alike: F64) -> F64:
        agreed = self.people.wants_order[chooser]
        learned = expit(logit(self.says[chooser]) + logit(self.hears[chosen]) - logit(self.mean))
        if self.model is not None:
            known = features(self.people, chooser, chosen, alike, self.says[chooser], self.hears[chosen])
            learned = np.where(agreed, self.model.predict(known), learned)
        stated = stated_wishes(self.people)[chooser]
        cold = self.cold.probabilities(
            wishes_met=np.where(agreed & stated, 1.0, KNOWS_NOTHING),
            hobbies=np.where(agreed, alike, KNOWS_NOTHING),
            text=np.full(alike.shape, KNOWS_NOTHING),
        )
        return blend(cold, learned, (self.asked[chooser] + self.seen[chosen]) / 2)

    @property
    def card(self) -> str:
        """What this is made of, how good it is, and what it must not be used for; also before anything is learned."""
        return str(self.model.card) if self.model else _card_without_model(int(self.asked.sum()), self.mean)


def _card_without_model(decisions: int, mean: float) -> str:
    lines = [
        "Model card: probability of a yes, before a model could be learned",
        f"  data               {decisions} decisions of members who agreed to a personal order, {mean:.1%} yes",
        "  made of            stated wishes, hobbies in common; how often one says and hears yes, shrunk to the mean",
        f"  AUC, held out      none: from {ENOUGH} decisions on a model is fitted, and used when its AUC on people",
        f"                     it never saw is at least {BETTER_THAN_CHANCE}",
        "  limits",
        *(f"  - {line}" for line in LIMITS),
    ]
    return "\n".join(lines)


def stated_wishes(people: People) -> Bools:
    """Who wishes for anything; everybody they are shown meets it."""
    stated: Bools = (people.age_wish != 0).any(axis=1) | (people.height_wish != 0).any(axis=1)
    stated[people.wishes[:, 0]] = True
    return stated


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """The kernel's `hobby_likeness`, for many pairs of few people: weighted hobbies in common over those of either."""

    roots: F32  # per person and hobby: the root of its weight
    weight: F32  # per person: all their hobbies

    @classmethod
    def of(cls, people: People) -> "Alike":
        weight = rarity(people)
        flags = people.hobbies
        return cls(roots=(flags * np.sqrt(weight)).astype(np.float32), weight=(flags @ weight).astype(np.float32))

    def __call__(self, i: I32, j: I32) -> F64:
        common = np.einsum("ed,ed->e", self.roots[i], self.roots[j])
        either = self.weight[i] + self.weight[j] - common
        share = np.divide(common, either, out=np.zeros_like(common), where=either > 0)
        return np.asarray(np.clip(share, 0, 1), dtype=np.float64)


def _chunks(size: int) -> Iterator[slice]:
    return (slice(at, at + CHUNK) for at in range(0, size, CHUNK))


def learn(people: People, said: Between) -> Likes:
    """From the decisions of those who agreed to it."""
    agreed = people.wants_order[said.one]
    told = _decisions(people, said, agreed)
    found = rates(told)
    return Likes(
        people=people,
        says=found.selectivity,
        hears=found.desirability,
        asked=np.bincount(told.chooser, minlength=people.size).astype(np.float64),
        seen=np.bincount(told.chosen, minlength=people.size).astype(np.float64),
        mean=float(np.clip(found.mean, 0.01, 0.99)),
        model=_model(people, said, agreed),
    )


def _decisions(people: People, said: Between, which: Bools) -> Decisions:
    return Decisions.of(
        chooser=said.one[which],
        chosen=said.other[which],
        yes=said.flag[which],
        group=said.one[which] % FOLDS,
        n_people=people.size,
    )


def _model(people: People, said: Between, agreed: Bools) -> PairModel | None:
    """None when there is too little to learn from, or nothing was learned."""
    if agreed.sum() < ENOUGH:
        return None
    learned_on, rated_by = _halves(agreed)
    told, known = _decisions(people, said, learned_on), rates(_decisions(people, said, rated_by))
    if told.yes.all() or not told.yes.any() or np.unique(told.group).size < FOLDS:
        return None
    chooser, chosen = told.chooser, told.chosen
    alike = Alike.of(people)(chooser, chosen)
    model = fit_pair_model(
        features=features(people, chooser, chosen, alike, known.selectivity[chooser], known.desirability[chosen]),
        yes=told.yes,
        group=told.group,
        names=FEATURES,
        data="decisions of members who agreed to a personal order",
        rounds=TREES,
        seeds=(0,),
    )
    return model if model.card.auc >= BETTER_THAN_CHANCE else None


def _halves(agreed: Bools) -> tuple[Bools, Bools]:
    """The decisions a model is fitted on, and the others, from which the rates of people come that it is told.

    With rates that hold the very decision, or all but that one, trees would recognise people by their rate and read
    the answer off it.
    """
    half = agreed & (np.random.default_rng(0).random(agreed.size) < 0.5)
    surplus = np.flatnonzero(half)[SAMPLE:]
    rest = agreed & ~half
    half[surplus] = False
    return half, rest


def features(people: People, chooser: I32, chosen: I32, alike: F64, says: F64, hears: F64) -> F64:
    """One row per pair, in the order of FEATURES."""
    education = people.codes[:, 0]
    height = np.where(people.height > 0, people.height.astype(np.float64), np.nan)

    def more(column: npt.NDArray[np.generic]) -> F64:
        wide: F64 = column.astype(np.float64)
        return wide[chosen] - wide[chooser]

    def same(column: npt.NDArray[np.generic]) -> F64:
        alike: F64 = (column[chosen] == column[chooser]).astype(np.float64)
        return alike

    return np.column_stack(
        [
            says,
            hears,
            alike,
            more(people.age),
            more(height),
            same(people.codes[:, 1]),
            same(people.home_town),
            more(education),
            same(people.codes[:, 2]),
            people.is_woman[chooser].astype(np.float64),
        ]
    )
