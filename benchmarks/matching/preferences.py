"""Row 7: preferences on the speed-dating data, whole evenings held out."""

import numpy as np
import numpy.typing as npt
from scipy.special import logit

from benchmarks.matching import speed_dating
from benchmarks.matching.measure import Case, Job, Stopwatch, Values
from niangjia.engines.matching.kernels.preferences.measures import auc
from niangjia.engines.matching.kernels.preferences.pair_model import fit_pair_model, held_out_predictions

F64 = npt.NDArray[np.float64]
SHARE_OF_BEFORE = 0.2  # weight of what was said before, beside what was decided that evening


def before_the_evening(job: Job) -> Values:
    """Her yes, his yes and the match, each learned from what both said before; the three are multiplied."""
    couples = _couples(job)
    with Stopwatch() as watch:
        score = _before(couples, job)
    return {**watch.times, "auc": round(auc(couples.match, score), 4), "couples": couples.match.size}


def with_the_evening(job: Job) -> Values:
    """Smoothed selectivity and desirability of both, from their decisions with everybody else of the evening."""
    couples = _couples(job)
    with Stopwatch() as watch:
        score = logit(couples.evening).sum(axis=1) + SHARE_OF_BEFORE * _before(couples, job)
    return {**watch.times, "auc": round(auc(couples.match, score), 4), "couples": couples.match.size}


def random_rows(job: Job) -> Values:
    """The usual mistake, for comparison: rows of one evening on both sides of the split."""
    couples = _couples(job)
    rows = np.random.default_rng(0).integers(0, 10, couples.match.size)
    with Stopwatch() as watch:
        score = held_out_predictions(features=couples.before, yes=couples.match, group=rows, rounds=_rounds(job))
    return {**watch.times, "auc": round(auc(couples.match, score), 4), "note": "leakage, never report"}


def card(job: Job) -> Values:
    """The model card of her yes."""
    couples = _couples(job)
    with Stopwatch() as watch:
        model = fit_pair_model(
            features=np.hstack([couples.before, couples.evening]),
            yes=couples.yes[:, 0],
            group=couples.wave,
            names=couples.before_names + couples.evening_names,
            data="Columbia speed dating, waves 1-14: women's decisions",
            rounds=_rounds(job),
            seeds=(0,),
        )
    return {**watch.times, "auc": round(model.card.auc, 4), "card": str(model.card)}


def _couples(job: Job) -> speed_dating.Couples:
    if job.data is None:
        raise FileNotFoundError("row 7 needs --data FILE")
    return speed_dating.load(job.data)


def _rounds(job: Job) -> int:
    return 60 if job.quick else 400


def _before(couples: speed_dating.Couples, job: Job) -> F64:
    """Sum of the logits of the three models: higher is likelier."""
    answers = (couples.match, couples.yes[:, 0], couples.yes[:, 1])
    held_out = [
        held_out_predictions(features=couples.before, yes=yes, group=couples.wave, rounds=_rounds(job), seeds=(0, 1))
        for yes in answers
    ]
    return np.asarray(sum(np.log(p) for p in held_out), dtype=np.float64)


SEVEN = "speed dating, evenings held out"

CASES = [
    Case("7", SEVEN, "ours, before", before_the_evening, "AUC >= 0.60", lambda f: f["auc"] >= 0.60, limit=900),
    Case("7", SEVEN, "ours, that evening", with_the_evening, "AUC >= 0.73", lambda f: f["auc"] >= 0.73, limit=900),
    Case("7", "speed dating, random rows", "the usual mistake", random_rows, limit=900),
    Case("7", "speed dating, model card", "ours", card, limit=900),
]
