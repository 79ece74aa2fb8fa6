"""Venues: writing down, pictures, openings, and the door."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access.policies import within
from niangjia.core.files.services import photo_url
from niangjia.core.orgs.models import Org
from niangjia.core.pages import go, key_of, named, status_of, text_of, told
from niangjia.core.registry import Shown
from niangjia.engines.allocation import selectors as allocation
from niangjia.engines.allocation import services as doors
from niangjia.engines.allocation.models import Booking, CheckInList
from niangjia.engines.allocation.types import ScanIn
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError, Invalid
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.selectors.regions import served_districts
from niangjia.scenes.dating.venues import errors, publishing, selectors
from niangjia.scenes.dating.venues.console.frame import VENUES, day, hour, number, shown
from niangjia.scenes.dating.venues.models import Opening, Picture, Venue, VenueKind
from niangjia.scenes.dating.venues.policies import venues
from niangjia.scenes.dating.venues.types import RUN, Hours, Plan

SHOWN: Final = 60
WEEKEND: Final = frozenset({4, 5, 6})  # ticked until somebody ticks otherwise
_SIZES: Final = {"kind": 8, "name": 40, "address": 120, "district": 6, "about": 1000, "rules": 1000, "phone": 20}


def all_venues(request: HttpRequest) -> Shown:
    rows = list(venues.which(access.actor_of(request), "run").select_related("org").order_by("state", "name")[:SHOWN])
    nexts = selectors.next_openings(rows, clock.now())
    lines = [{"venue": row, "next": nexts.get(row.pk)} for row in rows]
    return shown(request, "venues.html", _("Dating venues"), lines=lines)


def write(request: HttpRequest) -> Shown | HttpResponse:
    actor = access.actor_of(request)
    row = venues.get(actor, "run", pk=key_of(request)) if named(request) else None
    if request.method != "POST":
        return _form(request, row, {name: getattr(row, name) for name in _SIZES} if row else {"kind": "hall"})
    plan = Plan(**{name: text_of(request.POST, name, size) for name, size in _SIZES.items()})
    try:
        if row is None:
            row = publishing.draft(actor=actor, org_id=key_of(request, "org"), plan=plan, now=clock.now())
        else:
            publishing.change(actor=actor, venue_id=row.pk, plan=plan, now=clock.now())
    except DomainError as error:
        return _form(request, row, request.POST, status=status_of(error), **told(error))
    return go(f"{VENUES}/one", "kept", key=str(row.pk))


def _form(request: HttpRequest, row: Venue | None, values: Any, *, status: int = 200, **more: Any) -> Shown:
    orgs = Org.objects.filter(within(access.actor_of(request), RUN, path="path"), ended_at=None).order_by("path")[:300]
    title = _("Change the venue") if row else _("A new venue")
    context = {"row": row, "v": values, "kinds": VenueKind.choices, "orgs": orgs, "districts": served_districts()}
    return shown(request, "write_venue.html", title, status=status, **{**context, "fields": {}, **more})


def one(request: HttpRequest) -> Shown | HttpResponse:
    if not named(request):
        return go(VENUES)
    return _page(request, venues.get(access.actor_of(request), "run", pk=key_of(request)))


def _page(request: HttpRequest, row: Venue, *, status: int = 200, **more: Any) -> Shown:
    now, viewer = clock.now(), access.actor_of(request).person_id
    openings = list(
        Opening.objects.filter(venue=row, starts_at__gt=now - timedelta(hours=6), slot__called_off_at=None)
        .select_related("slot")
        .order_by("starts_at")[:SHOWN]
    )
    figures = allocation.figures(opening.slot_id for opening in openings)
    pictures = Picture.objects.filter(venue=row).order_by("place")
    return shown(
        request,
        "venue.html",
        row.name,
        status=status,
        row=row,
        openings=[{"opening": opening, "figures": figures[opening.slot_id]} for opening in openings],
        pictures=[(picture.pk, photo_url(picture.photo_id, viewer, "thumb", now)) for picture in pictures if viewer],
        today=clock.today(now),
        ticked=_weekdays(request) or WEEKEND,
        weekdays=[(0, "一"), (1, "二"), (2, "三"), (3, "四"), (4, "五"), (5, "六"), (6, "日")],
        **{"fields": {}, **more},
    )


def act(request: HttpRequest) -> Shown | HttpResponse:
    if request.method != "POST":
        return go(VENUES)
    row = venues.get(access.actor_of(request), "run", pk=key_of(request))
    try:
        done = _act(request, row)
    except DomainError as error:
        return _page(request, row, status=status_of(error), typed=request.POST, **told(error))
    return go(f"{VENUES}/one", done, key=str(row.pk))


def _act(request: HttpRequest, row: Venue) -> str:
    actor, now, what = access.actor_of(request), clock.now(), request.POST.get("do", "")
    if what == "publish":
        publishing.publish(actor=actor, venue_id=row.pk, now=now)
        return "published"
    if what == "close":
        publishing.close(actor=actor, venue_id=row.pk, now=now)
        return "closed"
    if what == "open":
        publishing.open_hours(actor=actor, venue_id=row.pk, hours=_hours(request), now=now)
        return "opened"
    if what == "off":
        publishing.call_off(actor=actor, opening_id=key_of(request, "opening"), now=now)
        return "off"
    return _pictures(request, row, what)


def _pictures(request: HttpRequest, row: Venue, what: str) -> str:
    upload = request.FILES.get("photo")
    if what == "hang" and upload is not None:
        publishing.hang_up(actor=access.actor_of(request), upload=upload, venue=row, show=None, now=clock.now())
    if what == "take":
        picture = Picture.objects.filter(venue=row, pk=key_of(request, "picture")).select_related("photo").first()
        if picture is not None:
            publishing.take_down(picture=picture)
    return "kept"


def _weekdays(request: HttpRequest) -> frozenset[int]:
    return frozenset(int(found) for found in request.POST.getlist("weekday") if found.isdecimal())


def _hours(request: HttpRequest) -> Hours:
    typed = request.POST
    return Hours(
        first=day(typed, "first"),
        last=day(typed, "last"),
        weekdays=_weekdays(request),
        begins=hour(typed, "begins"),
        minutes=number(typed, "minutes"),
        count=number(typed, "count"),
        capacity=number(typed, "capacity"),
    )


def door(request: HttpRequest) -> Shown | HttpResponse:
    """Who is expected at one opening; a code is read, or somebody is found by nickname."""
    opening = _opening(request, key_of(request, "opening"))
    if request.method != "POST":
        return _door(request, opening)
    try:
        _check_in(request, opening)
    except DomainError as error:
        return _door(request, opening, status=status_of(error), **told(error))
    return go(f"{VENUES}/door", "here", opening=str(opening.pk))


def _opening(request: HttpRequest, key: UUID) -> Opening:
    row = Opening.objects.filter(pk=key).select_related("venue", "slot").first()
    if row is None or not venues.may(access.actor_of(request), "run", row.venue):
        raise errors.missing()
    return row


def _check_in(request: HttpRequest, opening: Opening) -> None:
    actor, now = access.actor_of(request), clock.now()
    assert actor.person_id is not None  # the page is for staff
    entrance = CheckInList.objects.get(slot=opening.slot_id, is_entrance=True)
    code = text_of(request.POST, "code", 120)
    found = None if code else key_of(request, "booking")
    scan = ScanIn(id=new_id(), at=now, code=code, booking_id=found)
    (result,) = doors.check_in(list_id=entrance.pk, scans=[scan], by_id=actor.person_id, now=now)
    if result.outcome not in ("welcome", "already"):
        raise Invalid(_("This is no ticket for this time."), fields={"code": _("Please look at what stands on it.")})


def _door(request: HttpRequest, opening: Opening, *, status: int = 200, **more: Any) -> Shown:
    rows: list[Booking] = selectors.door_of(opening)
    names = selectors.nicknames(row.person_id for row in rows if row.person_id)
    people = [{"booking": row, "name": names.get(row.person_id) if row.person_id else None} for row in rows]
    title = opening.venue.name
    return shown(request, "door.html", title, status=status, opening=opening, people=people, **{"fields": {}, **more})
