"""`python -m benchmarks.scam.learn`: weights of phrases from the development conversations, and from them alone.

Logistic regression on whether a phrase was said, beside the points of the written signals. Honest conversations are
strung together to the length of the others, or their length would be learned. Thresholds are chosen on conversations
that were left out (three folds).
"""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.scam.read import Conversation, dev
from niangjia.scenes.dating.scam import kernels
from niangjia.scenes.dating.scam.kernels import risk
from niangjia.scenes.dating.scam.kernels.normalise import plain
from niangjia.scenes.dating.scam.kernels.phrases import phrases

SEED, FOLDS, STRENGTH = 20261122, 3, 0.1
POINTS = 2.0  # of one logit
Side = list[str]


def sides(conversations: Sequence[Conversation]) -> tuple[list[tuple[Side, int]], list[Side]]:
    """What swindlers wrote up to the request, with how much came before it; what all others wrote."""
    scam: list[tuple[Side, int]] = []
    honest: list[Side] = []
    for one in conversations:
        for who in "ab":
            mine = [(at, turn.text) for at, turn in enumerate(one.turns) if turn.who == who]
            if who != one.scammer:
                honest.append([text for _at, text in mine])
                continue
            first = one.first_money if one.first_money is not None else len(one.turns)
            scam.append(([text for at, text in mine if at <= first], sum(at < first for at, _text in mine)))
    return scam, [side for side in honest if side]


def samples(conversations: Sequence[Conversation]) -> tuple[list[Side], list[int]]:
    dice = random.Random(SEED)
    scam, honest = sides(conversations)
    texts: list[Side] = []
    for side, before in scam:
        texts += [side[:size] for size in range(max(2, before // 2), len(side) + 1)]
        texts += [[*side[:before], *dice.choice(honest)[: dice.randrange(6)]] for _ in range(3)]
    marks = [1] * len(texts)
    texts += honest
    while len(texts) < 3 * len(marks):
        strung: Side = []
        for _ in range(dice.randrange(1, 4)):
            strung += dice.choice(honest)
        texts.append(strung[: dice.randrange(2, 13)])
    return texts, marks + [0] * (len(texts) - len(marks))


def _points(sides: Sequence[Side]) -> npt.NDArray[np.float64]:
    said = ([risk.Said(True, text, 5 * at * risk.MINUTE) for at, text in enumerate(side)] for side in sides)
    return np.array([[min(risk.written(one), 12.0) / 4] for one in said])


class Model:
    def __init__(self, conversations: Sequence[Conversation]) -> None:
        texts, marks = samples(conversations)
        self.words = CountVectorizer(analyzer=_phrases, binary=True, min_df=3)
        seen = hstack([self.words.fit_transform(texts), csr_matrix(_points(texts))])
        self.fit = LogisticRegression(C=STRENGTH, max_iter=3000, solver="liblinear").fit(seen, marks)

    def write(self, path: Path) -> None:
        found = zip(self.words.get_feature_names_out(), self.fit.coef_[0], strict=False)
        rows = [("", float(self.fit.intercept_[0])), *sorted((word, float(weight)) for word, weight in found)]
        kept = [f"{word}\t{POINTS * weight:.3f}" for word, weight in rows if not word or abs(weight) >= 0.01]
        path.write_text("\n".join(kept) + "\n", "utf-8")
        print(f"{len(kept)} phrases; a written point counts {POINTS * self.fit.coef_[0][-1] / 4:.3f}")


def _phrases(side: Side) -> set[str]:
    return {phrase for text in side for phrase in phrases(plain(text).text)}


if __name__ == "__main__":
    Model(dev()).write(Path(kernels.__file__).parent / "phrases.tsv")
