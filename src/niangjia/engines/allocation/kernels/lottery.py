"""A draw that anybody can recompute: the arithmetic, and nothing else. Knows no Django.

docs/lottery/recompute.py does the same, written apart; a test compares the two.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from niangjia.engines.allocation.kernels.allotment import Party, allot

SEED_BYTES = 32


class Entrant(NamedTuple):
    """One party in the lottery. A lower tier goes first."""

    ticket: str
    size: int = 1
    tier: int = 1
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """`winners` are tickets with the pool of their places; `others` those who got none, in their order."""

    winners: list[tuple[str, str]]
    others: list[str]


def new_seed() -> bytes:
    return secrets.token_bytes(SEED_BYTES)


def commitment(seed: bytes) -> str:
    return hashlib.sha256(seed).hexdigest()


def ticket(slot_id: UUID, request_key: UUID) -> str:
    """A pseudonym made from the number that the entrant's own phone drew: the organiser cannot choose it."""
    return hashlib.sha256(b"niangjia ticket" + slot_id.bytes + request_key.bytes).hexdigest()[:32]


def order(seed: bytes, beacon: str, entrants: list[Entrant]) -> list[Entrant]:
    """By tier, then by SHA-256(seed || beacon || ticket). Nobody who lacks the seed can foresee it."""
    salt = seed + beacon.encode()
    place = {entrant.ticket: hashlib.sha256(salt + entrant.ticket.encode()).digest() for entrant in entrants}
    return sorted(entrants, key=lambda entrant: (entrant.tier, place[entrant.ticket]))


def draw(seed: bytes, beacon: str, entrants: list[Entrant], places: dict[str, int]) -> Drawn:
    lined_up = order(seed, beacon, entrants)
    winners = [
        (party.name, key)
        for party, key in allot((Party(one.ticket, one.size, one.keys) for one in lined_up), dict(places))
    ]
    lucky = {name for name, _ in winners}
    return Drawn(winners=winners, others=[one.ticket for one in lined_up if one.ticket not in lucky])
