"""Words and sizes of activities that hold no rows."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock

SCENE: Final = "activities"  # as the allocation engine knows us
PAGE: Final = 20
MOST_QUOTAS: Final = 60
MOST_SESSIONS: Final = 30
SURVEY_SHOWN_FROM: Final = 5  # sheets; before that single ones could be told apart
SURVEY_OPEN_FOR: Final = timedelta(days=14)
REMIND_BEFORE: Final = timedelta(hours=24)
STREAM_BEFORE: Final = timedelta(minutes=30)  # a lecture's door opens

RUN: Final = "activities.run"
DOOR: Final = "activities.door"
SEE_FIGURES: Final = "activities.see_figures"
APPROVE_EXPORT: Final = "activities.approve_export"
DECIDE_ABSENCE: Final = "activities.decide_absence"

EXPORT: Final = "activities.export"
ABSENCE: Final = "activities.absence"
ABSENCE_APPEAL: Final = "activities.absence_appeal"
FOR_ME: Final = "activities_for_me"  # consent: put what may suit me first

Priority = Literal["gig", "first_timers"]
PRIORITIES: Final[Mapping[Priority, object]] = {
    "gig": _("couriers, riders and drivers first"),
    "first_timers": _("people who were never here first"),
}
HEAD_START: Final = timedelta(hours=24)  # of priority groups, before the others
LATE_START: Final = timedelta(hours=24)  # of those who stayed away without a word, after the others

TOPICS: Final[Mapping[str, object]] = {
    "dating": _("Meeting people"),
    "sport": _("Sport"),
    "outdoor": _("Hiking and outdoors"),
    "culture": _("Culture and art"),
    "craft": _("Crafts and flowers"),
    "reading": _("Reading"),
    "food": _("Food and drink"),
    "music": _("Music and dance"),
    "family": _("Parents and children"),
    "health": _("Health"),
    "mind": _("Peace of mind"),
    "skill": _("Skills and contests"),
    "law": _("Rights and law"),
    "giving": _("Volunteering"),
}

# Whose players we let into our pages: a stream address is no place for anything else.
STREAM_HOSTS: Final = (
    "live.bilibili.com",
    "player.bilibili.com",
    "live.douyin.com",
    "meeting.tencent.com",
    "live.polyv.cn",
    "live.vhall.com",
    "wx.vzan.com",
)


def day_words(moment: datetime) -> str:
    """A moment as notices keep it: an ISO day that is put into the reader's language when shown."""
    return clock.today(moment).isoformat()


def clock_words(moment: datetime) -> str:
    return f"{moment.astimezone(clock.SHANGHAI):%H:%M}"
