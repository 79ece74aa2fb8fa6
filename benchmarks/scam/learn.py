"""`python -m benchmarks.scam.learn`: weights of phrases from all written conversations, for the product.

Logistic regression on whether a phrase was said, beside the points of the written signals. What a swindler wrote is
learned as it grew, early beginnings with little weight. Honest sides (also those of scams, so that no author's
voice is learned) are also strung together, or their length would be learned, each behind the hello of a swindler: the
honest ones of the files begin in the middle, and "I am, I work as" would pass for a swindle. The points are moved so
that `risk.WARN` warns one honest conversation in 200, among conversations left out of the learning (four parts).
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.scam.measure import live
from benchmarks.scam.read import HERE, Conversation, dev, test_set
from niangjia.scenes.dating.scam import kernels
from niangjia.scenes.dating.scam.kernels import risk
from niangjia.scenes.dating.scam.kernels.normalise import plain
from niangjia.scenes.dating.scam.kernels.phrases import BEGINS, WRITTEN, phrases

SEED, PARTS, STRENGTH = 20261122, 4, 0.5
OFTEN = 3  # a phrase counts from so many conversations on
HONEST = 3.0  # what all honest ones weigh beside all scams
POINTS = 2.0  # of one logit
ALARMS = 0.005
MOST_WRITTEN = 24.0  # points of the signals that a sample can have; the guard counts on
OPENING = 2  # lines with which everybody begins
SMALL = 0.02  # points nobody would miss
Side = tuple[str, ...]
Weights = Mapping[str, float]
Samples = list[tuple[Side, bool, float]]  # what was said, whether by a swindler, how much it weighs


def learn(conversations: Sequence[Conversation]) -> dict[str, float]:
    """Weights of phrases, with `risk.WARN` where it warns few honest people."""
    dice = random.Random(SEED)
    mixed = dice.sample(conversations, len(conversations))
    tops: list[float] = []
    for part in range(PARTS):
        weights = fit([one for at, one in enumerate(mixed) if at % PARTS != part])
        tops += honest_tops(mixed[part::PARTS], weights)
    return moved(fit(conversations), tops)


def moved(weights: Weights, tops: Sequence[float]) -> dict[str, float]:
    """The same points, all so much higher or lower that `ALARMS` of the honest conversations are warned."""
    bound = sorted(tops, reverse=True)[int(ALARMS * len(tops))] + 0.01
    return {**weights, BEGINS: weights[BEGINS] + risk.WARN - bound}


def honest_tops(conversations: Sequence[Conversation], weights: Weights) -> list[float]:
    """What each honest conversation reaches. A score below zero counts too, so they begin far up."""
    high = {**weights, BEGINS: weights[BEGINS] + 100}
    return [max(live(one, high).tops) - 100 for one in conversations if not one.scam]


def fit(conversations: Sequence[Conversation]) -> dict[str, float]:
    taken = _samples(conversations)
    words = CountVectorizer(analyzer=_phrases, binary=True, vocabulary=_often(conversations))
    points = csr_matrix(np.array([[min(_written(side), MOST_WRITTEN) / 4] for side, _scam, _weight in taken]))
    seen = hstack([words.transform([side for side, _scam, _weight in taken]), points])
    marks, heavy = np.array([scam for _side, scam, _w in taken]), np.array([weight for _side, _scam, weight in taken])
    heavy[~marks] *= HONEST * heavy[marks].sum() / heavy[~marks].sum()
    heavy *= len(conversations) / heavy.sum()
    model = LogisticRegression(C=STRENGTH, max_iter=1000, solver="liblinear").fit(seen, marks, sample_weight=heavy)
    *each, written = (POINTS * model.coef_[0]).tolist()
    found = zip(words.get_feature_names_out(), each, strict=True)
    return {BEGINS: POINTS * float(model.intercept_[0]), WRITTEN: written / 4, **dict(found)}


def _samples(conversations: Sequence[Conversation]) -> Samples:
    dice = random.Random(SEED)
    honest = [side for one in conversations for who, side in _sides(one) if who != one.scammer]
    grown = [sample for one in conversations if one.scam for sample in _growing(one)]
    begun = [said_by_swindler(one, one.first_money)[:OPENING] for one in conversations if one.scam]
    strung = [dice.choice(begun) + _strung(honest, dice) for _ in range(len(honest))]
    return grown + [(side, False, 1.0) for side in honest + strung]


def _sides(one: Conversation, last: int | None = None) -> Iterator[tuple[str, Side]]:
    for who in "ab":
        side = tuple(turn.text for turn in one.turns[:last] if turn.who == who)
        if side:
            yield who, side


def said_by_swindler(one: Conversation, last: int | None) -> Side:
    """What the swindler wrote before turn `last`."""
    return next((side for who, side in _sides(one, last) if who == one.scammer), ())


def _growing(one: Conversation) -> Samples:
    """Each beginning of what the swindler wrote, up to the request: later ones count more."""
    said = said_by_swindler(one, None if one.first_money is None else one.first_money + 1)
    shares = [(at + 1) ** 2 for at in range(len(said))]
    return [(said[: at + 1], True, share / sum(shares)) for at, share in enumerate(shares)]


def _strung(honest: Sequence[Side], dice: random.Random) -> Side:
    lines = [line for side in dice.choices(honest, k=dice.choice((2, 2, 3))) for line in side]
    return tuple(lines[: dice.randrange(3, 13)])


def _often(conversations: Sequence[Conversation]) -> list[str]:
    """The phrases of several conversations."""
    counts = Counter(phrase for one in conversations for phrase in _phrases(tuple(turn.text for turn in one.turns)))
    return sorted(phrase for phrase, count in counts.items() if count >= OFTEN)


@cache
def _written(side: Side) -> float:
    return risk.written([risk.Said(True, text, 5 * at * risk.MINUTE) for at, text in enumerate(side)])


def _phrases(side: Side) -> set[str]:
    return {phrase for text in side for phrase in _of_line(text)}


@cache
def _of_line(text: str) -> frozenset[str]:
    return frozenset(phrases(plain(text).text))


def write(weights: Weights, path: Path) -> None:
    kept = [
        (word, points) for word, points in sorted(weights.items()) if word in (BEGINS, WRITTEN) or abs(points) >= SMALL
    ]
    path.write_text("".join(f"{word}\t{points:.3f}\n" for word, points in kept), "utf-8")
    print(f"{len(kept):,} phrases; a written point counts {weights[WRITTEN]:.3f}")


if __name__ == "__main__":
    write(learn([*dev(), *test_set(HERE / "conversations")]), Path(kernels.__file__).parent / "phrases.tsv")
