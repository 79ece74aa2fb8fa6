"""What the page of a station changes about the station itself."""

from typing import Final

from django.http import HttpRequest

from niangjia.core import access
from niangjia.core.pages import key_of, text_of
from niangjia.kernel import clock
from niangjia.scenes.dating.desk import changing
from niangjia.scenes.dating.desk.types import StationPlan

_SIZES: Final = {"name": 60, "place": 120, "hours": 120, "story": 600}


def plan_of(request: HttpRequest) -> StationPlan:
    return StationPlan(**{name: text_of(request.POST, name, size) for name, size in _SIZES.items()})


def change(request: HttpRequest) -> str:
    actor, now = access.actor_of(request), clock.now()
    changing.change_station(actor=actor, station_id=key_of(request), plan=plan_of(request), now=now)
    return "kept"


def take_off(request: HttpRequest) -> str:
    actor, member = access.actor_of(request), key_of(request, "member")
    changing.take_off(actor=actor, station_id=key_of(request), member_id=member, now=clock.now())
    return "kept"


def close(request: HttpRequest) -> str:
    into = key_of(request, "into") if request.POST.get("into") else None
    changing.close(actor=access.actor_of(request), station_id=key_of(request), into_id=into, now=clock.now())
    return "closed"
