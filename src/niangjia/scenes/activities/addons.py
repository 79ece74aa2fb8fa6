"""What can be had beside a place: lunch, a seat on the bus, a family seat. Each has a number that is never exceeded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from niangjia.engines.allocation.types import AddOn

MOST: Final = 6
MOST_PLACES: Final = 1_000_000


@dataclass(frozen=True)
class AddOnOffer:
    """`code` is how the engine counts it. `each`: everybody of a party gets one; otherwise one a registration."""

    code: str
    title: str
    places: int
    each: bool = True
    note: str = ""

    def keep(self) -> dict[str, Any]:
        return asdict(self)


def read(kept: Sequence[Mapping[str, Any]]) -> tuple[AddOnOffer, ...]:
    """From the JSON in which an activity keeps them."""
    return tuple(AddOnOffer(**row) for row in kept)


def for_engine(offered: Iterable[AddOnOffer]) -> tuple[AddOn, ...]:
    return tuple(AddOn(one.code, one.places) for one in offered)


def faults(offered: Sequence[AddOnOffer]) -> dict[str, object]:
    """What cannot be meant."""
    titles = [one.title.strip() for one in offered]
    if len(offered) > MOST or len(set(titles)) < len(titles) or not all(titles):
        return {"addons": _("Up to six extras, each with a name of its own.")}
    if any(len(one.title) > 20 or len(one.note) > 60 or not 1 <= one.places <= MOST_PLACES for one in offered):
        return {"addons": _("Each extra needs a short name and a number from 1 on.")}
    return {}
