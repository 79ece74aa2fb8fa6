"""The centre: stations and their figures, money, rewards, brands."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access import Actor
from niangjia.core.access.models import RoleGrant
from niangjia.core.access.policies import within
from niangjia.core.access.roles import ROLES
from niangjia.core.orgs.models import Org
from niangjia.core.pages import go, key_of, status_of, text_of, told
from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.china import mask_phone
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating.desk import housekeeping, rewarding, rooms, selectors
from niangjia.scenes.dating.desk.console import changing
from niangjia.scenes.dating.desk.console.frame import CENTRE, attempt, number_of, shown, yuan_of
from niangjia.scenes.dating.desk.models import Budget, Spending, Station, StationMember
from niangjia.scenes.dating.desk.policies import brands as brand_policy
from niangjia.scenes.dating.desk.policies import stations
from niangjia.scenes.dating.desk.types import LEAD, MATCHMAKE, Span


def _orgs(actor: Actor) -> list[Org]:
    return list(Org.objects.filter(within(actor, LEAD, path="path"), ended_at=None).order_by("path")[:300])


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and 2013 <= int(asked) <= 2100 else clock.today(clock.now()).year


def _mine(actor: Actor) -> list[Station]:
    return list(stations.which(actor, "lead").select_related("org", "centre").order_by("org__path", "name", "pk"))


def centre(request: HttpRequest) -> Shown | HttpResponse:
    """All stations with what they did this year. The figures count themselves."""
    if request.method == "POST":
        done, error = attempt(lambda: _open(request))
        return _centre(request, error) if error else go(CENTRE, done)
    return _centre(request)


def _centre(request: HttpRequest, error: DomainError | None = None) -> Shown:
    actor, year = access.actor_of(request), _year(request)
    rows = _mine(actor)
    figures = selectors.figures(rows, Span(date(year, 1, 1), date(year + 1, 1, 1)))
    more: dict[str, Any] = told(error) if error else {"fields": {}}
    return shown(
        request,
        "centre.html",
        _("Matchmaking centres"),
        status=status_of(error) if error else 200,
        tab="centre",
        year=year,
        lines=[(row, figures[row.pk]) for row in rows],
        orgs=_orgs(actor),
        v=request.POST,
        **more,
    )


def _open(request: HttpRequest) -> str:
    centre_id = key_of(request, "centre") if request.POST.get("centre") else None
    housekeeping.open_station(
        actor=access.actor_of(request),
        org_id=key_of(request, "org"),
        plan=changing.plan_of(request),
        centre_id=centre_id,
        now=clock.now(),
    )
    return "kept"


def station(request: HttpRequest) -> Shown | HttpResponse:
    """Rooms, people, and money of one station."""
    what = request.POST.get("do", "") if request.method == "POST" else ""
    if what not in _ACTS:
        return _station(request)
    done, error = attempt(lambda: _ACTS[what](request))
    if error:
        return _station(request, error)
    return go(CENTRE, done) if done == "closed" else go(f"{CENTRE}/station", done, key=str(key_of(request)))


def _station(request: HttpRequest, error: DomainError | None = None) -> Shown:
    actor = access.actor_of(request)
    row = stations.get(actor, "lead", pk=key_of(request))
    year = _year(request)
    lines = Spending.objects.filter(budget__station=row, budget__year=year).order_by("-proposed_at", "pk")
    rooms_here = list(row.rooms.select_related("venue").order_by("name"))
    more: dict[str, Any] = told(error) if error else {"fields": {}}
    return shown(
        request,
        "station.html",
        row.name,
        status=status_of(error) if error else 200,
        tab="centre",
        row=row,
        year=year,
        rooms=rooms_here,
        loose=[room for room in rooms_here if room.venue_id is None],
        venues=rooms.places(actor),
        members=row.members.order_by("shown_as"),
        staff=_staff(row),
        others=stations.which(actor, "lead").exclude(pk=row.pk).order_by("name", "pk"),
        budget=Budget.objects.filter(station=row, year=year).first(),
        lines=lines,
        looking=actor.person_id,
        v=request.POST,
        **more,
    )


def _staff(row: Station) -> list[dict[str, Any]]:
    """Holders of a matchmaker's role that reaches this station and who do not stand at it yet."""
    roles = [code for code, role in ROLES.items() if MATCHMAKE in role.permissions]
    paths = [row.org.path[:end] for end in range(Org.steplen, len(row.org.path) + 1, Org.steplen)]
    grants = RoleGrant.objects.filter(role__in=roles, ended_at=None, org__path__in=paths).select_related(
        "person", "org"
    )
    here = set(StationMember.objects.filter(station=row).values_list("person_id", flat=True))
    return [
        {
            "id": grant.person_id,
            "name": grant.person.legal_name or mask_phone(grant.person.phone),
            "org": grant.org.name,
        }
        for grant in grants.order_by("granted_at")
        if grant.person_id not in here
    ]


def _room(request: HttpRequest) -> str:
    housekeeping.add_room(
        actor=access.actor_of(request), station_id=key_of(request), name=text_of(request.POST, "name", 40)
    )
    return "kept"


def _tie(request: HttpRequest) -> str:
    """A room that members may book too."""
    rooms.tie(
        actor=access.actor_of(request),
        room_id=key_of(request, "room"),
        venue_id=key_of(request, "venue"),
        now=clock.now(),
    )
    return "kept"


def _untie(request: HttpRequest) -> str:
    rooms.untie(actor=access.actor_of(request), room_id=key_of(request, "room"), now=clock.now())
    return "kept"


def _member(request: HttpRequest) -> str:
    housekeeping.add_member(
        actor=access.actor_of(request),
        station_id=key_of(request),
        person_id=key_of(request, "person"),
        shown_as=text_of(request.POST, "shown_as", 20),
        now=clock.now(),
    )
    return "kept"


def _budget(request: HttpRequest) -> str:
    housekeeping.set_budget(
        actor=access.actor_of(request),
        station_id=key_of(request),
        year=number_of(request, "year"),
        fen=yuan_of(request, "yuan"),
        now=clock.now(),
    )
    return "kept"


def _spend(request: HttpRequest) -> str:
    housekeeping.propose_spending(
        actor=access.actor_of(request),
        station_id=key_of(request),
        year=number_of(request, "year"),
        what=text_of(request.POST, "what", 120),
        fen=yuan_of(request, "yuan"),
        now=clock.now(),
    )
    return "kept"


def _decide(request: HttpRequest) -> str:
    housekeeping.decide_spending(
        actor=access.actor_of(request),
        spending_id=key_of(request, "line"),
        agree=request.POST.get("agree") == "yes",
        now=clock.now(),
    )
    return "decided"


_ACTS: Final[dict[str, Callable[[HttpRequest], str]]] = {
    "room": _room,
    "tie": _tie,
    "untie": _untie,
    "member": _member,
    "budget": _budget,
    "spend": _spend,
    "decide": _decide,
    "change": changing.change,
    "take_off": changing.take_off,
    "close": changing.close,
}


def rewards(request: HttpRequest) -> Shown | HttpResponse:
    """The payable list. Whoever proposed or gains cannot decide; whoever decided cannot pay."""
    if request.method != "POST":
        return _rewards(request)
    done, error = attempt(lambda: _reward(request))
    return _rewards(request, error) if error else go(f"{CENTRE}/rewards", done)


def _reward(request: HttpRequest) -> str:
    actor, key, now = access.actor_of(request), key_of(request), clock.now()
    if request.POST.get("do") == "pay":
        rewarding.pay(actor=actor, reward_id=key, now=now)
        return "paid"
    agree, reason = request.POST.get("do") == "agree", text_of(request.POST, "reason", 200)
    rewarding.decide(actor=actor, reward_id=key, agree=agree, reason=reason, now=now)
    return "decided"


def _rewards(request: HttpRequest, error: DomainError | None = None) -> Shown:
    actor = access.actor_of(request)
    rows = selectors.rewards_of(actor)
    names = selectors.shown_as([row.beneficiary_id for row in rows])
    lines = [
        {
            "row": row,
            "who": names.get(row.beneficiary_id, ""),
            "may_decide": actor.person_id not in (row.proposed_by_id, row.beneficiary_id),
            "may_pay": actor.person_id not in (row.decided_by_id, row.beneficiary_id),
        }
        for row in rows
    ]
    more: dict[str, Any] = told(error) if error else {"fields": {}}
    status = status_of(error) if error else 200
    return shown(
        request, "rewards.html", _("Rewards"), status=status, tab="rewards", lines=lines, v=request.POST, **more
    )


def brands(request: HttpRequest) -> Shown | HttpResponse:
    """Names and stories under which matchmakers are known."""
    if request.method != "POST":
        return _brands(request)
    done, error = attempt(lambda: _brand(request))
    return _brands(request, error) if error else go(f"{CENTRE}/brands", done)


def _brand(request: HttpRequest) -> str:
    actor, now, what = access.actor_of(request), clock.now(), request.POST.get("do", "")
    if what in ("publish", "withdraw"):
        housekeeping.publish_brand(actor=actor, brand_id=key_of(request), shown=what == "publish", now=now)
        return "published" if what == "publish" else "withdrawn"
    housekeeping.write_brand(
        actor=actor,
        org_id=None if request.POST.get("key") else key_of(request, "org"),
        name=text_of(request.POST, "name", 40),
        story=text_of(request.POST, "story", 2000),
        members=_members(request),
        brand_id=key_of(request) if request.POST.get("key") else None,
        now=now,
    )
    return "kept"


def _members(request: HttpRequest) -> list[UUID]:
    found = []
    for text in request.POST.getlist("member")[:60]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _brands(request: HttpRequest, error: DomainError | None = None) -> Shown:
    actor = access.actor_of(request)
    rows = (
        brand_policy.which(actor, "lead")
        .select_related("org")
        .prefetch_related("members__member")
        .order_by("name", "pk")
    )
    staff = StationMember.objects.filter(station__in=stations.which(actor, "lead")).select_related("station")
    more: dict[str, Any] = told(error) if error else {"fields": {}}
    return shown(
        request,
        "brands.html",
        _("Brands of matchmakers"),
        status=status_of(error) if error else 200,
        tab="brands",
        rows=[(row, [link.member_id for link in row.members.all()]) for row in rows],
        orgs=_orgs(actor),
        staff=staff.order_by("shown_as", "pk"),
        ticked=_members(request),
        v=request.POST,
        **more,
    )
