"""Words and sizes of the circle."""

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["town", "trade", "school", "outing", "hobby"]

MOST_SCHOOL: Final = 40
TOGETHER: Final = (10, 300)  # of so many one neither knows who was there, nor does it say nothing
OUTINGS: Final = 20  # the last so many


@dataclass(frozen=True)
class Link:
    """One fact that links. `value` is what is shared; `stated`: both said so themselves, nobody has verified it."""

    kind: Kind
    value: str
    stated: bool = True

    @property
    def key(self) -> str:
        """How the phone asks for it again. Its value is not in it: one asks for one's own only."""
        return f"hobby:{self.value}" if self.kind == "hobby" else self.kind


@dataclass(frozen=True)
class Group:
    """Those whom a fact links to me, counted in steps, and only those whom I may see."""

    link: Link
    step: str
