"""Why this person is shown to me: facts that both may see, most telling first; and the order without any of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.errors import BadProbability, BadShape


class Code(StrEnum):
    """What can be said; the product puts it into words."""

    FITS_MY_WISHES = "fits_my_wishes"
    I_FIT_THEIR_WISHES = "i_fit_their_wishes"
    SAME_HOBBY = "same_hobby"
    SAME_HOME_TOWN = "same_home_town"
    SAME_DISTRICT = "same_district"
    NEW_HERE = "new_here"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the other may see of a person, nothing else: a fact that is not here can never be told.

    places: "home_town" and "district", when shown. fits_wishes: does this person fit all of the other's stated
    wishes (None: none stated, or not to be told).
    """

    hobbies: frozenset[str] = frozenset()
    places: Mapping[str, str] = field(default_factory=dict)
    fits_wishes: bool | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    code: Code
    what: str = ""  # the hobby or place


PLACES = (("home_town", Code.SAME_HOME_TOWN), ("district", Code.SAME_DISTRICT))


def explain(*, me: Seen, them: Seen, hobby_share: Mapping[str, float], most: int = 3) -> list[Fact]:
    """At most `most` facts. hobby_share: how many people have a hobby; the rarer, the more it says."""
    if any(not 0 <= share <= 1 for share in hobby_share.values()):
        raise BadProbability("hobby_share must lie within [0, 1]")
    told: list[Fact] = []
    if them.fits_wishes:
        told.append(Fact(Code.FITS_MY_WISHES))
    if me.fits_wishes:
        told.append(Fact(Code.I_FIT_THEIR_WISHES))
    common = sorted(me.hobbies & them.hobbies, key=lambda hobby: (hobby_share.get(hobby, 0.0), hobby))
    told += [Fact(Code.SAME_HOBBY, hobby) for hobby in common]
    for place, code in PLACES:
        if me.places.get(place) and me.places.get(place) == them.places.get(place):
            told.append(Fact(code, me.places[place]))
    if them.is_new:
        told.append(Fact(Code.NEW_HERE))
    return told[: max(0, most)]


def newest_first(joined: npt.ArrayLike, *, ids: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Positions by joining time, latest first; ties by id. The order when personalisation is off."""
    when, who = np.asarray(joined), np.asarray(ids)
    if when.shape != who.shape or when.ndim != 1:
        raise BadShape("everybody needs a time and an id")
    by_id = np.argsort(who, kind="stable")
    latest = np.argsort(when[by_id], kind="stable")[::-1]
    ranked = when[by_id][latest]
    # The reversal turned ties around too; put them back.
    return by_id[latest[np.lexsort((latest, -np.unique(ranked, return_inverse=True)[1]))]]
