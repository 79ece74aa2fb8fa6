"""What is given for an evening of short meetings, checked."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.checks import as_matrix, as_weights, check_count
from niangjia.engines.matching.kernels.errors import BadShape

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Evening:
    """What is given. weights[i, j] >= 0: how much the meeting is worth (0: not worth a table).

    attends_*[person, round]: who is there when (latecomers, people who leave early); tables: how many meetings fit
    into the room at once.
    """

    weights: npt.NDArray[np.float64]
    rounds: int
    forbidden: Bools
    attends_proactive: Bools
    attends_reactive: Bools
    tables: int

    @property
    def everybody_stays(self) -> bool:
        """Nobody misses a round; those who miss all of them simply do not come."""
        return all(
            bool((a.all(axis=1) | ~a.any(axis=1)).all()) for a in (self.attends_proactive, self.attends_reactive)
        )


def evening(
    weights: npt.ArrayLike,
    *,
    rounds: int,
    forbidden: npt.ArrayLike | None = None,
    attends_proactive: npt.ArrayLike | None = None,
    attends_reactive: npt.ArrayLike | None = None,
    tables: int | None = None,
) -> Evening:
    """The input, checked and filled up: absent arguments mean no restriction."""
    w = as_weights(as_matrix(weights, name="weights"), name="weights")
    check_count(rounds, name="rounds")
    room = min(w.shape) if tables is None else check_count(tables, name="tables")
    return Evening(
        weights=w,
        rounds=rounds,
        forbidden=_flags(forbidden, shape=w.shape, name="forbidden", absent=False),
        attends_proactive=_flags(attends_proactive, shape=(w.shape[0], rounds), name="attends_proactive", absent=True),
        attends_reactive=_flags(attends_reactive, shape=(w.shape[1], rounds), name="attends_reactive", absent=True),
        tables=room,
    )


def _flags(values: npt.ArrayLike | None, *, shape: tuple[int, ...], name: str, absent: bool) -> Bools:
    if values is None:
        return np.full(shape, absent)
    array = np.asarray(values, dtype=bool)
    if array.shape != shape:
        raise BadShape(f"{name} must be {shape}, not {array.shape}")
    return array
