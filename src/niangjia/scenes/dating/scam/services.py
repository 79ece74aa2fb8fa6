"""The doors of the scam guard for the room where people write to each other.

`weigh` before a message is kept, `noted` in the same transaction that keeps it, `warnings_for` when the other side
reads, `cooling` before somebody begins a new conversation. Nothing here punishes anybody because of words alone.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.scam.types import Caution, Cooling, Line, Verdict


def weigh(*, pair_id: UUID, sender: Profile, lines: Sequence[Line], now: datetime) -> Verdict:
    """What to make of `lines`, oldest first, whose last is the message about to be sent. Reads only."""
    return Verdict()


def noted(
    *, message_id: UUID, pair_id: UUID, sender: Profile, receiver: Profile, verdict: Verdict, now: datetime
) -> None:
    """The message was sent all the same: keep the warning for the receiver, and open or join a case for the staff.

    Called for every verdict but "none", in the transaction that keeps the message; a second time changes nothing.
    """


def warnings_for(receiver: Profile, message_ids: Sequence[UUID]) -> Mapping[UUID, Caution]:
    """The warnings that `receiver` sees under these messages: by one query."""
    return {}


def cooling(sender: Profile, now: datetime) -> Cooling | None:
    """Whether the sender must wait before writing to somebody for the first time, and why."""
    return None
