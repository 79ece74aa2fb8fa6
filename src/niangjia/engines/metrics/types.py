"""What is counted: declared by the house and by scenes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

SMALLEST = 10  # a cell that counts fewer people than this is nobody's business

GROUPS: Final[Mapping[str, object]] = {  # in the order in which leaders read them
    "people": _("Who is with us"),
    "introductions": _("Introductions"),
    "pairs": _("Pairs"),
    "couples": _("Couples"),
    "activities": _("Activities and who took part"),
    "satisfaction": _("Satisfaction"),
    "more": _("And more"),
}

METRICS: dict[str, "Metric"] = {}


@dataclass(frozen=True)
class Metric:
    """`query(since, until)` counts per organisation, each person (or pair) at one organisation only.

    A stock (how many there are) looks at `until`; a flow (how many came) looks at both, and weeks add up to months and
    years. What belongs to no organisation is counted under None. `unit` is what stands behind the number. Things that
    anybody may know of (`people` false: activities, lists) are shown however few. What is rare is `bundled`: it waits
    at its organisation until ten came together, and is counted in that week (see `services`). `of` names the figure
    that this one is a share of. `headline` ones stand on the wall.
    """

    code: str
    title: object
    unit: object
    query: Callable[[datetime, datetime], Mapping[UUID | None, int]]
    group: str = "more"
    stock: bool = False
    people: bool = True
    bundled: bool = False
    of: str = ""
    headline: bool = False


def register(*metrics: Metric) -> None:
    """Called once apps are ready."""
    for metric in metrics:
        METRICS[metric.code] = metric
