"""Firms' shows: written at the firm's desk, looked at and published at the union's."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.files.services import photo_url
from niangjia.core.pages import go, key_of, moment_of, named, status_of, text_of, told
from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating.venues import publishing, shows
from niangjia.scenes.dating.venues.console.frame import SHOWS, shown
from niangjia.scenes.dating.venues.models import Picture, Show
from niangjia.scenes.dating.venues.policies import firms
from niangjia.scenes.dating.venues.policies import shows as policy
from niangjia.scenes.dating.venues.types import ShowPlan

SHOWN: Final = 60
DECIDE: Final = f"{SHOWS}/decide"


def mine(request: HttpRequest) -> Shown:
    """What the firm has written."""
    rows = policy.which(access.actor_of(request), "write").select_related("employer").order_by("-day")[:SHOWN]
    return shown(request, "shows.html", _("Our shows"), rows=rows, writing=True)


def write(request: HttpRequest) -> Shown | HttpResponse:
    actor = access.actor_of(request)
    row = policy.get(actor, "write", pk=key_of(request)) if named(request) else None
    if request.method != "POST":
        return _form(request, row, _values(row) if row else {})
    try:
        done, row = _write(request, row)
    except DomainError as error:
        return _form(request, row, request.POST, status=status_of(error), **told(error))
    return go(f"{SHOWS}/write", done, key=str(row.pk))


def _write(request: HttpRequest, row: Show | None) -> tuple[str, Show]:
    actor, now, what = access.actor_of(request), clock.now(), request.POST.get("do", "")
    if row is not None and what == "send":
        return "sent", shows.send(actor=actor, show_id=row.pk, now=now)
    if row is not None and what == "withdraw":
        return "withdrawn", shows.withdraw(actor=actor, show_id=row.pk, now=now)
    if row is not None and what in ("hang", "take"):
        return _pictures(request, row, what), row
    if row is None:
        return "kept", shows.write(actor=actor, employer_id=key_of(request, "employer"), plan=_plan(request), now=now)
    return "kept", shows.change(actor=actor, show_id=row.pk, plan=_plan(request), now=now)


def _pictures(request: HttpRequest, row: Show, what: str) -> str:
    """Only while the firm writes: what the union has looked at stays as it is."""
    shows.require_writable(row)
    upload = request.FILES.get("photo")
    if what == "hang" and upload is not None:
        publishing.hang_up(actor=access.actor_of(request), upload=upload, venue=None, show=row, now=clock.now())
    if what == "take":
        picture = Picture.objects.filter(show=row, pk=key_of(request, "picture")).select_related("photo").first()
        if picture is not None:
            publishing.take_down(picture=picture)
    return "kept"


def _plan(request: HttpRequest) -> ShowPlan:
    typed = request.POST
    sizes = {"title": 60, "text": 2000, "place": 120, "link": 200}
    words = {name: text_of(typed, name, size) for name, size in sizes.items()}
    return ShowPlan(**words, day=moment_of(typed, "day"), nobody_named=typed.get("nobody_named") == "yes")


def _values(row: Show) -> dict[str, Any]:
    words = {name: getattr(row, name) for name in ("title", "text", "place", "link")}
    return {
        **words,
        "day": f"{row.day.astimezone(clock.SHANGHAI):%Y-%m-%dT%H:%M}",
        "nobody_named": "yes" if row.nobody_named else "",
    }


def _form(request: HttpRequest, row: Show | None, values: Any, *, status: int = 200, **more: Any) -> Shown:
    employers = firms.which(access.actor_of(request), "write").order_by("name")[:100]
    title = _("Our show") if row else _("A new show")
    context = {"row": row, "v": values, "employers": employers, "pictures": _shown(request, row)}
    context |= {"marked": shows.marked(row) if row else []}
    return shown(request, "write_show.html", title, status=status, **{**context, "fields": {}, **more})


def _shown(request: HttpRequest, row: Show | None) -> list[tuple[Any, str]]:
    viewer = access.actor_of(request).person_id
    if row is None or viewer is None:
        return []
    pictures = Picture.objects.filter(show=row).order_by("place")
    return [(one.pk, photo_url(one.photo_id, viewer, "thumb", clock.now())) for one in pictures]


def waiting(request: HttpRequest) -> Shown | HttpResponse:
    """What firms sent: read it, publish it, or say what is missing."""
    if request.method == "POST":
        return _decide(request)
    return _waiting(request)


def _decide(request: HttpRequest) -> Shown | HttpResponse:
    publish = request.POST.get("do") == "publish"
    try:
        shows.decide(
            actor=access.actor_of(request),
            show_id=key_of(request),
            publish=publish,
            reason=text_of(request.POST, "reason", 200),
            now=clock.now(),
        )
    except DomainError as error:
        return _waiting(request, status=status_of(error), **told(error))
    return go(DECIDE, "published" if publish else "returned")


def _waiting(request: HttpRequest, *, status: int = 200, **more: Any) -> Shown:
    rows = policy.which(access.actor_of(request), "decide").select_related("employer").order_by("-state", "day")
    lines = [{"show": row, "marked": shows.marked(row), "pictures": _shown(request, row)} for row in rows[:SHOWN]]
    title = _("Firms' shows")
    return shown(request, "waiting_shows.html", title, status=status, lines=lines, **{"fields": {}, **more})
