"""`python -m benchmarks.scam.learn`: weights of clues from all conversations there are to learn from, for the product.

Logistic regression on whether a clue was heard, each first stretched by how differently swindlers and honest people
use it (Wang and Manning, "Baselines and Bigrams", ACL 2012), beside the points of the written signals. What a swindler
wrote is learned as it grew, early beginnings with little weight. Honest sides count too, also those of scams, so that
no author's voice is learned. Some are strung together behind the hello of somebody who was swindled, or much talk
would pass for a swindle. Half of people's real conversations count as honest where they are there. The points are
moved so that `risk.WARN` warns two honest conversations in 1,000 among those of authors left out of the learning:
their judges know fewer authors than the model of all, which warns about half as many (`benchmarks.scam`).

Beside the whole story, each line is learned by itself: readers have graded which lines of the swindlers prepare the
ground (`conversations/grades.txt`), and those stand against all other lines. Their warm words do not: those of honest
people in love are the same.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags_array
from sklearn.linear_model import LogisticRegression

from benchmarks.scam.measure import live, reading
from benchmarks.scam.read import HERE, REAL, Conversation, everyone, grades, learned_from, real
from niangjia.scenes.dating.scam import kernels
from niangjia.scenes.dating.scam.kernels import risk
from niangjia.scenes.dating.scam.kernels.phrases import ALONE, BEGINS, MEET, THEIRS, THEN, TOPIC, WRITTEN

SEED, PARTS, STRENGTH = 20261122, 4, 0.5
DOUBT = 0.5  # what a clue is taken to have been heard by either kind before anybody looks
OFTEN = 3  # a clue counts from so many conversations on
HONEST = 3.0  # what all honest ones weigh beside all scams
OF_REAL = 0.3  # what a real conversation weighs beside a written honest one: there are many, of one kind
STRUNG, LONGEST = 0.5, 40  # what those strung together weigh, and how many lines they have at most
POINTS = 2.0  # of one logit
TRUST = 1.5  # how much more the written signals count than it gives them: a pitch right after hello has no story yet
GRADES = (0.5, 0.4, 1.0, 1.2)  # what a swindler's line weighs by its grade; those without one are as good as honest
ALONE_STRENGTH = 2.0
ALONE_POINTS, ALONE_FROM = 0.25, 3.5  # of one logit, and how unlikely a line may be (in logits) to say something yet
ALARMS = 0.002
SPARE = 1.25  # points beside that: authors whom nobody has met write honest talk that nobody had in mind
SMALL = 0.02  # points nobody would miss
TOGETHER, AFTER, ANSWER = 0.5, 0.3, 0.3  # how much less a meeting of topics counts, one after the other, and an answer
Weights = Mapping[str, float]
Line = tuple[frozenset[str], int]  # the clues of one line, and its letters
Row = dict[str, float]
Sample = tuple[Row, bool, float]  # what was heard, whether from a swindler, how much it weighs


def learn(conversations: Sequence[Conversation]) -> dict[str, float]:
    """Weights of clues, with `risk.WARN` where it warns few honest people."""
    part = _parts(conversations)
    tops: list[float] = []
    for number in range(PARTS):
        weights = fit([one for one in conversations if part[one.key] != number])
        tops += honest_tops([one for one in conversations if part[one.key] == number], weights)
    return moved(fit(conversations), tops)


def _parts(conversations: Sequence[Conversation]) -> dict[str, int]:
    """Whole authors, so that none is judged by what they wrote themselves; the real ones and ours by chance."""
    files = sorted({one.file for one in conversations} - {REAL, "dev"})
    place = {file: at % PARTS for at, file in enumerate(files)}
    chance = {one.key: hashlib.sha256(one.key.encode()).digest()[0] % PARTS for one in conversations}
    return {one.key: place.get(one.file, chance[one.key]) for one in conversations}


def moved(weights: Weights, tops: Sequence[float]) -> dict[str, float]:
    """The same points, moved to where `ALARMS` of the honest conversations would be warned, and `SPARE` lower."""
    bound = sorted(tops, reverse=True)[int(ALARMS * len(tops))] + 0.01
    return {**weights, BEGINS: weights[BEGINS] + risk.WARN - bound - SPARE}


def honest_tops(conversations: Sequence[Conversation], weights: Weights) -> list[float]:
    """The most at which a line of each honest conversation is marked."""
    return [max(live(one, weights).tops) for one in conversations if not one.scam]


def fit(conversations: Sequence[Conversation]) -> dict[str, float]:
    often = _often(conversations)
    return {**_of_story(conversations, often), **_of_lines(conversations, often)}


def _of_story(conversations: Sequence[Conversation], often: Sequence[str]) -> dict[str, float]:
    found, begins = _regression(list(_samples(conversations)), [WRITTEN, *often], HONEST, STRENGTH, len(conversations))
    found[WRITTEN] *= TRUST
    return {BEGINS: POINTS * begins, **{clue: POINTS * value for clue, value in found.items()}}


def _of_lines(conversations: Sequence[Conversation], often: Sequence[str]) -> dict[str, float]:
    lines = list(_lines(conversations))
    telling = sum(scam for _row, scam, _weight in lines)
    found, begins = _regression(lines, often, 1.0, ALONE_STRENGTH, 2 * telling)
    said = {ALONE + clue: ALONE_POINTS * value for clue, value in found.items()}
    return {ALONE: ALONE_POINTS * (begins + ALONE_FROM), **said}


def _regression(
    taken: Sequence[Sample], clues: Sequence[str], honest: float, strength: float, size: float
) -> tuple[dict[str, float], float]:
    """Logits of each clue, and of none. `honest`: what all honest ones weigh to the others; `size`: all of them."""
    known = {clue: at for at, clue in enumerate(clues)}
    seen = _table([row for row, _scam, _weight in taken], known)
    marks, heavy = np.array([scam for _row, scam, _w in taken]), np.array([weight for _row, _scam, weight in taken])
    heavy[~marks] *= honest * heavy[marks].sum() / heavy[~marks].sum()
    heavy *= size / heavy.sum()
    stretch = _stretch(seen, marks, heavy)
    if WRITTEN in known:
        stretch[known[WRITTEN]] = 1  # the written points stay as they are
    stretch /= np.sqrt((stretch**2).mean())
    model = LogisticRegression(C=strength, max_iter=1000, solver="liblinear")
    model.fit((seen @ diags_array(stretch)).tocsr(), marks, sample_weight=heavy)
    found = zip(known, (model.coef_[0] * stretch).tolist(), strict=True)
    return {clue: value * _size(clue) for clue, value in found}, float(model.intercept_[0])


def _stretch(seen: csr_matrix, marks: Any, heavy: Any) -> Any:
    """For each column how differently the two kinds use it."""
    heard = (seen > 0).astype(float)
    swindlers, honest = (heard[who].T @ heavy[who] + DOUBT for who in (marks, ~marks))
    return np.abs(np.log(swindlers / swindlers.sum()) - np.log(honest / honest.sum()))


def _table(rows: Sequence[Row], known: Mapping[str, int]) -> csr_matrix:
    values, places, ends = [], [], [0]
    for row in rows:
        for clue, value in row.items():
            if clue in known:
                values.append(value)
                places.append(known[clue])
        ends.append(len(values))
    return csr_matrix((values, places, ends), shape=(len(rows), len(known)))


def _size(clue: str) -> float:
    """The regression shrinks what it reads in small figures more."""
    if clue == WRITTEN:
        return 0.25
    if clue.startswith(THEIRS):
        return ANSWER * _size(clue.removeprefix(THEIRS))
    if not clue.startswith(TOPIC):
        return 1.0
    return AFTER if THEN in clue else TOGETHER if MEET in clue or " " in clue else 1.0


def _samples(conversations: Sequence[Conversation]) -> Iterator[Sample]:
    dice = random.Random(SEED)
    sides, hellos = list[list[Line]](), list[list[Line]]()
    for one in conversations:
        for who in _writers(one):
            if who == one.scammer:
                yield from _growing(one)
                continue
            found = _all(one, who)
            if one.scam:
                hellos.append(_by_line(found)[: risk.OPENING])
            weight = _common(one)
            yield _row(found), False, weight
            if dice.random() < weight:
                sides.append(_by_line(found))
    for _ in sides:
        yield _strung(dice.choice(hellos), sides, dice), False, STRUNG


def _lines(conversations: Sequence[Conversation]) -> Iterator[Sample]:
    """Every line by itself: those of swindlers up to the request, where somebody has graded them."""
    graded = grades()
    for one in conversations:
        for who in _writers(one):
            if who != one.scammer:
                yield from ((_clues_of([line]), False, _common(one)) for line in _by_line(_all(one, who)))
            elif one.key in graded:
                yield from _graded(one, graded[one.key])


def _graded(one: Conversation, grade: Mapping[int, int]) -> Iterator[Sample]:
    last = len(one.turns) if one.first_money is None else one.first_money + 1
    turns = [at for at, turn in enumerate(one.turns) if turn.who == one.scammer]
    for at, line in zip(turns, _by_line(_all(one, one.scammer or "")), strict=True):
        if at < last:
            yield _clues_of([line]), grade.get(at, 0) > 0, GRADES[grade.get(at, 0)]


def _common(one: Conversation) -> float:
    return OF_REAL if one.file == REAL else 1.0


def _writers(one: Conversation) -> list[str]:
    return sorted({turn.who for turn in one.turns})


def _growing(one: Conversation) -> Iterator[Sample]:
    """Each beginning of what the swindler wrote, up to the request: later ones count more."""
    last = len(one.turns) if one.first_money is None else one.first_money + 1
    ends = [at + 1 for at, turn in enumerate(one.turns[:last]) if turn.who == one.scammer]
    shares = [(at + 1) ** 2 for at in range(len(ends))]
    for end, share in zip(ends, shares, strict=True):
        yield _row(_heard(one, one.scammer or "", end)), True, share / sum(shares)


def _all(one: Conversation, who: str) -> risk.Reading:
    return _heard(one, who, len(one.turns))


def _heard(one: Conversation, who: str, end: int) -> risk.Reading:
    """What was heard from one side before turn `end`."""
    return reading(one, max(at for at, turn in enumerate(one.turns[:end]) if turn.who == who))


def _row(found: risk.Reading) -> Row:
    return {**_clues_of(_by_line(found)), WRITTEN: min(risk.written(found), risk.MOST_WRITTEN) / 4}


def _by_line(found: risk.Reading) -> list[Line]:
    return list(zip(found.clues, found.sizes, strict=True))


def _clues_of(lines: Sequence[Line]) -> Row:
    return {clue: _size(clue) / risk.length(size) for fresh, size in reversed(lines) for clue in fresh}


def _strung(hello: Sequence[Line], sides: Sequence[Sequence[Line]], dice: random.Random) -> Row:
    """Honest talk of several people as if one had said it all."""
    lines = [line for side in dice.choices(sides, k=8) for line in side]
    return _clues_of([*hello, *lines[: dice.randrange(3, LONGEST)]])


def _often(conversations: Sequence[Conversation]) -> list[str]:
    """The clues of several conversations."""
    counts = Counter(clue for one in conversations for clue in _clues(one))
    return sorted(clue for clue, count in counts.items() if count >= OFTEN)


def _clues(one: Conversation) -> set[str]:
    return {clue for who in _writers(one) for fresh in _all(one, who).clues for clue in fresh}


def write(weights: Weights, path: Path) -> None:
    kept = [
        (word, points)
        for word, points in sorted(weights.items())
        if word in (BEGINS, ALONE, WRITTEN) or abs(points) >= SMALL
    ]
    path.write_text("".join(f"{word}\t{points:.3f}\n" for word, points in kept), "utf-8")
    print(f"{len(kept):,} clues; a written point counts {weights[WRITTEN]:.3f}")


if __name__ == "__main__":
    everything = [*everyone(HERE / "conversations"), *filter(learned_from, real(HERE / "conversations"))]
    write(learn(everything), Path(kernels.__file__).parent / "phrases.tsv")
