"""The rush through HTTP, against the real server."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import numpy as np

from benchmarks.load import closed_loop, request

PATH = "/api/v1/activities/register"


@dataclass
class Rush:
    """What came of it. Times in seconds; `acknowledged` are the people who were told that they have a place."""

    name: str
    clients: int
    seconds: float = 0.0
    won: list[float] = field(default_factory=list)
    full: list[float] = field(default_factory=list)
    other: list[int] = field(default_factory=list)
    acknowledged: list[UUID] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return (len(self.won) + len(self.full)) / self.seconds


def ms(times: Sequence[float], percent: float) -> float:
    return float(np.percentile(times, percent)) * 1000 if times else float("nan")


def through_http(name: str, port: int, activity_id: UUID, members: Sequence[tuple[UUID, str]], *, clients: int) -> Rush:
    """Everybody (person, token) asks once, each with a request key of their own."""
    rush = Rush(name, clients)
    asked: dict[bytes, UUID] = {}
    for person, token in members:
        body = json.dumps({"activity": str(activity_id), "key": str(uuid4())}).encode()
        asked[request("POST", PATH, token=token, body=body)] = person
    rest = iter(asked)

    def heard(sent: bytes, status: int, body: bytes, seconds: float) -> None:
        if status == 200:
            rush.won.append(seconds)
            rush.acknowledged.append(asked[sent])
        elif status == 409 and b'"full"' in body:
            rush.full.append(seconds)
        else:
            rush.other.append(status)

    rush.seconds = closed_loop(port, lambda: next(rest, None), clients=clients, seconds=600, heard=heard).seconds
    return rush
