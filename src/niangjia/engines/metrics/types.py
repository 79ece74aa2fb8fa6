"""What is counted: declared by the house and by scenes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

SMALLEST = 10  # a cell that counts fewer people than this is nobody's business

METRICS: dict[str, "Metric"] = {}


@dataclass(frozen=True)
class Metric:
    """`query(since, until)` counts per organisation, each person (or pair) at one organisation only.

    A stock (how many there are) looks at `until`; a flow (how many came) looks at both. What belongs to no organisation
    is counted under None. `unit` is what stands behind the number.
    """

    code: str
    title: object
    unit: object
    query: Callable[[datetime, datetime], Mapping[UUID | None, int]]


def register(*metrics: Metric) -> None:
    """Called once apps are ready."""
    for metric in metrics:
        METRICS[metric.code] = metric
