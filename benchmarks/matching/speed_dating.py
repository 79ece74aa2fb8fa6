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
STATED = [f"{what}{n}_1" for n in (1, 2) for what in ("attr", "sinc", "intel", "fun", "amb", "shar")]
SELF = [f"{what}3_1" for what in ("attr", "sinc", "fun", "intel", "amb")]
PERSON = [
    *("age", "field_cd", "race", "imprace", "imprelig", "goal", "date", "go_out", "career_c", "exphappy", "expnum"),
    *STATED,
    *SELF,
]


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


def _numbers(rows: list[dict[str, str]], names: list[str]) -> F64:
    return np.array([[float(row[name].replace(",", "") or "nan") for name in names] for row in rows])


def _before(hers: list[dict[str, str]], his: list[dict[str, str]]) -> tuple[F64, list[str]]:
    own = PERSON + HOBBIES
    w, m = _numbers(hers, own), _numbers(his, own)
    shared = _numbers(hers, ["int_corr", "samerace"])
    likeness = -np.abs(w - m)
    hobbies = np.nan_to_num(likeness[:, len(PERSON) :]).mean(axis=1, keepdims=True)
    names = [f"her_{n}" for n in own] + [f"his_{n}" for n in own] + [f"like_{n}" for n in own]
    return np.hstack([w, m, likeness, shared, hobbies]), [*names, "int_corr", "samerace", "like_hobbies"]


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
    selectivity, desirability = leave_one_out(both, strength=2.0)
    n = couples.shape[0]
    parts = np.stack([selectivity[:n], desirability[n:], selectivity[n:], desirability[:n]], axis=1)
    names = ["her_yes_to_others", "her_yes_from_others", "his_yes_to_others", "his_yes_from_others"]
    return parts, names
