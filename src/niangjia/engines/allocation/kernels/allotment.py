"""Sharing places out in a given order: for lotteries, waiting lists and approvals alike. Knows no Django."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

COMMON = ""


@dataclass(frozen=True)
class Party(Generic[K]):
    """People who come together or not at all. `keys` are the quotas that they may draw on."""

    name: K
    size: int
    keys: tuple[str, ...] = ()


def allot(parties: Iterable[Party[K]], free: dict[str, int]) -> Iterator[tuple[Party[K], str]]:
    """Who gets places, and from which pool. `free` counts down; when nothing is left nobody else is looked at.

    One after the other in the order given. A party takes from the first of its own quotas in which all of it fits, else
    from the common places. One that fits nowhere keeps its turn, and smaller ones behind it are served: a place stays
    empty for nobody's sake.
    """
    for party in parties:
        if not any(free.values()):
            return
        pools = (*sorted(set(party.keys) - {COMMON}), COMMON)
        key = next((key for key in pools if free.get(key, 0) >= party.size), None)
        if key is not None:
            free[key] -= party.size
            yield party, key
