"""Words of group weddings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

ARRANGE: Final = "dating.arrange_weddings"
MOST_PLACES: Final = 2_000
PARTNER_WITHIN: Final = timedelta(days=14)
NAMES: Final[Mapping[str, object]] = {
    "full": _("my full name"),
    "masked": _("my family name only"),
    "none": _("not my name"),
}


@dataclass(frozen=True)
class Plan:
    title: str
    place: str
    held_at: datetime
    apply_until: datetime
    places: int
    about: str = ""
    how: str = ""
