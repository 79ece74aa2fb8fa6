"""LightGBM on pair features, validated by whole groups and calibrated on what was held out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.errors import BadShape, TooFewDecisions
from niangjia.engines.matching.kernels.preferences.calibration import Platt, fit_platt
from niangjia.engines.matching.kernels.preferences.measures import auc, calibration_error, log_loss
from niangjia.engines.matching.kernels.preferences.model_card import ModelCard
from niangjia.engines.matching.kernels.preferences.validation import Learner, Predict, held_out

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]

SETTINGS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.03,
    "num_leaves": 15,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 1.0,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,  # the same trees on every machine
    "verbosity": -1,
}


@dataclass(frozen=True, slots=True, eq=False)
class PairModel:
    """P(yes) of a pair from its features; several seeds are averaged."""

    trees: tuple[lightgbm.Booster, ...]
    calibration: Platt
    card: ModelCard

    def predict(self, features: npt.ArrayLike) -> F64:
        return self.calibration(_average(self.trees, np.asarray(features, dtype=np.float64)))


def fit_pair_model(
    *,
    features: npt.ArrayLike,
    yes: npt.ArrayLike,
    group: npt.ArrayLike,
    names: Sequence[str],
    data: str,
    rounds: int = 150,
    seeds: Sequence[int] = (0, 1, 2),
) -> PairModel:
    """Fit on everything; measure and calibrate on groups held out. `data` says on the card where it came from."""
    x, truth, groups = _checked(features, yes, group, names)
    unseen = held_out_predictions(features=x, yes=truth, group=groups, rounds=rounds, seeds=seeds)
    calibration = fit_platt(unseen, truth)
    fitted = _fit(x, truth, rounds, seeds)
    gain = np.mean([t.feature_importance("gain") for t in fitted], axis=0)
    order = np.argsort(-gain, kind="stable")
    card = ModelCard(
        data=data,
        decisions=truth.size,
        groups=np.unique(groups).size,
        share_yes=float(truth.mean()),
        auc=auc(truth, unseen),
        log_loss=log_loss(truth, calibration(unseen)),
        calibration_error=calibration_error(truth, calibration(unseen)),
        strongest=tuple(names[k] for k in order[:8] if gain[k] > 0),
    )
    return PairModel(trees=fitted, calibration=calibration, card=card)


def held_out_predictions(
    *, features: npt.ArrayLike, yes: npt.ArrayLike, group: npt.ArrayLike, rounds: int = 150, seeds: Sequence[int] = (0,)
) -> F64:
    """Of every group, by trees that have seen nothing of it."""
    return held_out(trees(rounds=rounds, seeds=seeds), features=features, yes=yes, group=group)


def trees(*, rounds: int, seeds: Sequence[int]) -> Learner:
    """The same trees as a learner, to be compared with others."""

    def learn(x: F64, yes: npt.NDArray[np.bool_], _group: npt.NDArray[np.int64]) -> Predict:
        fitted = _fit(x, yes, rounds, seeds)
        return lambda unseen: _average(fitted, unseen)

    return learn


def _checked(
    features: npt.ArrayLike, yes: npt.ArrayLike, group: npt.ArrayLike, names: Sequence[str]
) -> tuple[F64, npt.NDArray[np.bool_], I32]:
    x, truth = np.asarray(features, dtype=np.float64), np.asarray(yes).astype(bool)
    groups = np.asarray(group, dtype=np.int32)
    if x.ndim != 2 or not (x.shape[0] == truth.size == groups.size) or x.shape[1] != len(names):
        raise BadShape("features, answers, groups and names do not fit together")
    return x, truth, groups


def _fit(x: F64, yes: npt.NDArray[np.bool_], rounds: int, seeds: Sequence[int]) -> tuple[lightgbm.Booster, ...]:
    if yes.size == 0 or yes.all() or not yes.any():
        raise TooFewDecisions("learning needs both a yes and a no")
    table = lightgbm.Dataset(x, label=yes.astype(np.float64), free_raw_data=False)
    return tuple(lightgbm.train(SETTINGS | {"seed": seed}, table, num_boost_round=rounds) for seed in seeds)


def _average(trees: Sequence[lightgbm.Booster], x: F64) -> F64:
    votes: F64 = np.array([t.predict(x) for t in trees], dtype=np.float64)
    return np.asarray(votes.mean(axis=0))
