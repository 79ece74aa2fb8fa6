"""Introductions, one of them, and the calendar of meetings. What one of the two said alone is not here."""

from collections.abc import Callable
from typing import Final

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.pages import go, key_of, moment_of, status_of, text_of, told
from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating.desk import errors, following, meeting, rewarding, rooms, selectors
from niangjia.scenes.dating.desk.console.frame import DESK, attempt, shown
from niangjia.scenes.dating.desk.models import MeetingRoom, Reward
from niangjia.scenes.dating.desk.selectors import Two
from niangjia.scenes.dating.desk.types import PLACES, STORIES, WHY_ENDED, When


def introductions(request: HttpRequest) -> Shown:
    rows = selectors.introduced(access.actor_of(request))
    return shown(request, "introductions.html", _("Introductions"), tab="introductions", rows=rows)


def meetings(request: HttpRequest) -> Shown:
    rows = selectors.calendar(access.actor_of(request), clock.now())
    return shown(request, "meetings.html", _("Meetings"), tab="meetings", rows=rows)


def two(request: HttpRequest) -> Shown | HttpResponse:
    if request.method != "POST":
        return _two(request)
    what = request.POST.get("do", "")
    if what not in _ACTS:
        return _two(request)
    done, error = attempt(lambda: _ACTS[what](request))
    return _two(request, error) if error else go(f"{DESK}/two", done, key=str(key_of(request)))


def _two(request: HttpRequest, error: DomainError | None = None) -> Shown:
    found = selectors.introduced(access.actor_of(request), key=key_of(request))
    if not found:
        raise errors.missing()
    (it,) = found
    more = told(error) if error else {"fields": {}}
    ours = _rooms(it)
    return shown(
        request,
        "two.html",
        f"{it.one} · {it.other}",
        status=status_of(error) if error else 200,
        tab="introductions",
        it=it,
        told=_told(it),
        rooms=ours,
        times=_times(ours),
        stories=STORIES.items(),
        why_ended=WHY_ENDED.items(),
        places=PLACES.items(),
        reward=Reward.objects.filter(introduction=it.row).exclude(state="refused").first(),
        v=request.POST,
        **more,
    )


def _told(it: Two) -> list[dict[str, object]]:
    return [
        {"who": it.one if row.record_id == it.row.one_id else it.other, "row": row} for row in selectors.told_of(it.row)
    ]


def _rooms(it: Two) -> list[MeetingRoom]:
    centre = it.row.station.centre_id or it.row.station_id
    rows = MeetingRoom.objects.filter(Q(station=centre) | Q(station__centre=centre), station__closed_at=None)
    return list(rows.select_related("station").order_by("station__name", "name"))


def _times(ours: list[MeetingRoom]) -> list[dict[str, object]]:
    """Rooms that members may book too, and when two could still meet there."""
    free = rooms.free_times(ours, clock.now())
    return [{"room": room, "openings": free.get(room.venue_id, [])[:8]} for room in ours if room.venue_id]


def _propose(request: HttpRequest) -> str:
    kind = text_of(request.POST, "kind", 8)
    when = When(
        kind=kind,
        starts_at=moment_of(request.POST, "starts_at"),
        ends_at=moment_of(request.POST, "ends_at"),
        place=text_of(request.POST, "place", 120),
        room_id=key_of(request, "room") if kind == "room" else None,
    )
    meeting.propose(actor=access.actor_of(request), introduction_id=key_of(request), when=when, now=clock.now())
    return "proposed"


def _off(request: HttpRequest) -> str:
    meeting.call_off(actor=access.actor_of(request), meeting_id=key_of(request, "meeting"), now=clock.now())
    return "off"


def _story(request: HttpRequest) -> str:
    following.note_story(
        actor=access.actor_of(request),
        introduction_id=key_of(request),
        story=text_of(request.POST, "story", 10),
        why=text_of(request.POST, "why", 10),
        now=clock.now(),
    )
    return "kept"


def _counsel(request: HttpRequest) -> str:
    following.offer_counsel(
        actor=access.actor_of(request),
        introduction_id=key_of(request),
        who=text_of(request.POST, "who", 120),
        now=clock.now(),
    )
    return "offered"


def _seen(request: HttpRequest) -> str:
    rewarding.saw_certificate(actor=access.actor_of(request), introduction_id=key_of(request), now=clock.now())
    return "seen"


def _reward(request: HttpRequest) -> str:
    rewarding.propose(actor=access.actor_of(request), introduction_id=key_of(request), now=clock.now())
    return "reward"


_ACTS: Final[dict[str, Callable[[HttpRequest], str]]] = {
    "propose": _propose,
    "off": _off,
    "story": _story,
    "counsel": _counsel,
    "seen": _seen,
    "reward": _reward,
}
