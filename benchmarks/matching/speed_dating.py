"""Columbia speed-dating data (Fisman et al. 2006) as pairs with features. The path is given; nothing is copied.

One row of the result is one couple that met: woman i, man j. `before`: what both said before the evening.
`evening`: how both decided about, and were decided about by, everybody else of that evening.
"""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.preferences.smoothing import Decisions, leave_one_out

F64 = npt.NDArray[np.float64]

# names of its columns
HOBBIES = [
    *("sports", "tvsports", "exercise", "dining", "museums", "art", "hiking", "gaming", "clubbing", "reading", "tv"),
    *("theater", "movies", "concerts", "music", "shopping", "yoga"),
]
TRAITS = ("attr", "sinc", "intel", "fun", "amb", "shar")
WANTS = [f"{trait}1_1" for trait in TRAITS]  # what I look for: points, or marks of 1 to 10, made shares of their sum
OTHERS_WANT = [f"{trait}2_1" for trait in TRAITS]  # what I think the others look for
SELF = [f"{trait}3_1" for trait in TRAITS[:5]]  # how I see myself
SCALES = ["age", "imprace", "imprelig", "date", "go_out", "exphappy", "income"]
KINDS = {  # column: codes with a flag of their own (0: every other one)
    "race": (2, 4, 0),
    "goal": (1, 2, 3, 4),
    "career_c": (1, 2, 6, 7, 8, 13),
    "field_cd": (1, 3, 5, 8, 9, 10, 11, 13),
}


@dataclass(frozen=True, slots=True, eq=False)
class Couples:
    wave: npt.NDArray[np.int32]
    match: npt.NDArray[np.bool_]
    yes: npt.NDArray[np.bool_]  # axes: couple, (woman's, man's) decision
    before: F64
    before_names: list[str]
    evening: F64
    evening_names: list[str]


def load(path: Path) -> Couples:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["pid"]]
    by_pair = {(int(row["iid"]), int(float(row["pid"]))): row for row in rows}
    couples = [(w, m) for (w, m), row in by_pair.items() if row["gender"] == "0" and (m, w) in by_pair]
    hers, his = [by_pair[c] for c in couples], [by_pair[c[::-1]] for c in couples]
    yes = np.array([[a["dec"] == "1", b["dec"] == "1"] for a, b in zip(hers, his, strict=True)])
    before, before_names = _before(hers, his)
    wave = np.array([int(row["wave"]) for row in hers], dtype=np.int32)
    evening, evening_names = _evening(np.array(couples), yes, wave)
    return Couples(wave, yes[:, 0] & yes[:, 1], yes, before, before_names, evening, evening_names)


def _before(hers: list[dict[str, str]], his: list[dict[str, str]]) -> tuple[F64, list[str]]:
    """Both persons, and both ways how the chooser's wishes fit the chosen: all stated before the evening, and its size.

    "match_es" and "met" are not among them: they were asked on the evening.
    """
    (w, names), (m, _) = _person(hers), _person(his)
    pair, told = _pair(hers, his)
    return (
        np.hstack([w, m, _fit(hers, his), _fit(his, hers), pair]),
        [*(f"her_{n}" for n in names), *(f"his_{n}" for n in names), *FIT_HER, *FIT_HIM, *told],
    )


FIT = ("wish", "looks", "older", "same_race_matters")
FIT_HER, FIT_HIM = ([f"{who}_{n}" for n in FIT] for who in ("he_fits_her", "she_fits_him"))


def _numbers(rows: list[dict[str, str]], names: list[str]) -> F64:
    return np.array([[float(row[name].replace(",", "") or "nan") for name in names] for row in rows])


def _shares(points: F64) -> F64:
    total = points.sum(axis=1, keepdims=True)
    out = np.full(points.shape, np.nan)
    np.divide(100 * points, total, out=out, where=total > 0)
    return out


def _person(rows: list[dict[str, str]]) -> tuple[F64, list[str]]:
    own, hobbies = _numbers(rows, SELF), _numbers(rows, HOBBIES)
    kinds = _numbers(rows, list(KINDS))
    flags = [_flag(kinds[:, k], code, codes) for k, codes in enumerate(KINDS.values()) for code in codes]
    parts = [
        _numbers(rows, SCALES),
        *(_shares(_numbers(rows, points)) for points in (WANTS, OTHERS_WANT)),
        own,
        hobbies,
        np.stack([own.mean(axis=1), hobbies.mean(axis=1), *flags], axis=1),
    ]
    names = [*SCALES, *WANTS, *OTHERS_WANT, *SELF, *HOBBIES, "self_mean", "hobbies_mean"]
    return np.hstack(parts), [*names, *(f"{kind}_{code}" for kind, codes in KINDS.items() for code in codes)]


def _flag(column: F64, code: int, codes: tuple[int, ...]) -> F64:
    return (column == code if code else ~np.isin(column, codes)).astype(np.float64)


def _fit(choosers: list[dict[str, str]], chosen: list[dict[str, str]]) -> F64:
    wants, sees = _shares(_numbers(choosers, WANTS)), _numbers(chosen, SELF)
    age = _numbers(choosers, ["age"]) - _numbers(chosen, ["age"])
    race = _numbers(choosers, ["samerace", "imprace"]).prod(axis=1)
    return np.stack([(wants[:, :5] * sees).sum(axis=1), wants[:, 0] * sees[:, 0], age[:, 0], race], axis=1)


def _pair(hers: list[dict[str, str]], his: list[dict[str, str]]) -> tuple[F64, list[str]]:
    """What is the same seen from either side. round: how many each one meets; condtn: a small evening, or a large."""
    shared = _numbers(hers, ["int_corr", "samerace", "condtn", "round"])
    shared[:, 3] = np.log(shared[:, 3])
    apart = np.abs(_numbers(hers, ["age", *HOBBIES]) - _numbers(his, ["age", *HOBBIES]))
    same = ["goal", "field_cd", "career_c"]
    alike = (_numbers(hers, same) == _numbers(his, same)).astype(np.float64)
    values = np.hstack([shared, alike, apart[:, :1], apart[:, 1:].mean(axis=1, keepdims=True)])
    return values, [
        "int_corr",
        "samerace",
        "condtn",
        "round",
        *(f"same_{n}" for n in same),
        "years_apart",
        "hobbies_apart",
    ]


def _evening(
    couples: npt.NDArray[np.int64], yes: npt.NDArray[np.bool_], wave: npt.NDArray[np.int32]
) -> tuple[F64, list[str]]:
    people, number = np.unique(couples, return_inverse=True)
    w, m = number.reshape(couples.shape).T
    both = Decisions.of(
        chooser=np.concatenate([w, m]),
        chosen=np.concatenate([m, w]),
        yes=yes.T.ravel(),
        group=np.concatenate([wave, wave]),
        n_people=people.size,
    )
    n = couples.shape[0]
    selectivity, desirability = np.zeros(2 * n), np.zeros(2 * n)
    for evening in np.unique(wave):
        here = both.group == evening
        rates = leave_one_out(both, strength=2.0, mean=float(both.yes[~here].mean()))
        selectivity[here], desirability[here] = (rate[here] for rate in rates)
    parts = np.stack([selectivity[:n], desirability[n:], selectivity[n:], desirability[:n]], axis=1)
    names = ["her_yes_to_others", "her_yes_from_others", "his_yes_to_others", "his_yes_from_others"]
    return parts, names
