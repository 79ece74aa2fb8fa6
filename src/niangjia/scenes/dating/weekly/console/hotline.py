"""The hotline: somebody calls about a number of the list. The page never tells whether anybody answered."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.pages import go, key_of, status_of, told
from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.china import mask_phone
from niangjia.kernel.errors import DomainError, Invalid
from niangjia.scenes.dating.weekly import interests, selectors
from niangjia.scenes.dating.weekly.console.frame import HOTLINE, shown
from niangjia.scenes.dating.weekly.console.lists import SHOWN, town_of
from niangjia.scenes.dating.weekly.models.lists import State
from niangjia.scenes.dating.weekly.policies import lists


def calls(request: HttpRequest) -> Shown | HttpResponse:
    if request.method != "POST":
        return _page(request)
    try:
        interests.record_call(
            actor=access.actor_of(request),
            list_id=key_of(request, "list"),
            number=_number(request.POST.get("number", "")),
            phone=request.POST.get("phone", ""),
            now=clock.now(),
        )
    except DomainError as error:
        return _page(request, status=status_of(error), typed=request.POST, **told(error))
    return go(HOTLINE, "call")


def _number(text: str) -> int:
    if not text.strip().isdecimal() or len(text.strip()) > 4:
        raise Invalid(_("A few things need another look."), fields={"number": _("Please write a number.")})
    return int(text)


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> Shown:
    rows = lists.which(access.actor_of(request), "run").filter(state=State.PUBLISHED).order_by("town")
    waiting = [
        {
            "at": row.at,
            "number": row.line.number,
            "town": town_of(row.line.list),
            "phone": mask_phone(row.phone) if row.phone else "",
        }
        for row in selectors.waiting_calls(rows)[:SHOWN]
    ]
    open_lists = [(row.pk, town_of(row), row.monday) for row in rows]
    return shown(request, "hotline.html", _("Hotline"), status=status, lists=open_lists, waiting=waiting, **more)
