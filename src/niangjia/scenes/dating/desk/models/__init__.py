"""Tables of the desk. What must never happen is refused by the database itself."""

from niangjia.scenes.dating.desk.models.house import (
    Brand,
    BrandMember,
    Budget,
    MeetingRoom,
    Spending,
    Station,
    StationMember,
    Visit,
)
from niangjia.scenes.dating.desk.models.introductions import (
    Counsel,
    Follow,
    Introduction,
    Meeting,
    MeetingSignal,
    Suggestion,
)
from niangjia.scenes.dating.desk.models.records import Asking, Note, Record, Task
from niangjia.scenes.dating.desk.models.rewards import Marriage, Reward

__all__ = [
    "Asking",
    "Brand",
    "BrandMember",
    "Budget",
    "Counsel",
    "Follow",
    "Introduction",
    "Marriage",
    "Meeting",
    "MeetingRoom",
    "MeetingSignal",
    "Note",
    "Record",
    "Reward",
    "Spending",
    "Station",
    "StationMember",
    "Suggestion",
    "Task",
    "Visit",
]
