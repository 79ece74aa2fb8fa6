"""Changing the organisation tree: every change is written down first, then shown in plain words, then made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access import Actor
from niangjia.core.orgs import employers, services
from niangjia.core.orgs.models import Employer, Form, Level, Org
from niangjia.core.orgs.policies import EmployerPolicy, OrgPolicy
from niangjia.core.pages import go, key_of, status_of, told
from niangjia.interfaces.console import tree_changes
from niangjia.interfaces.console.frame import page
from niangjia.interfaces.console.permissions import MANAGE_TREE
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError, NotFound

SHOWN = 200  # places to choose from, the nearest to the root; a search finds the others


@dataclass(frozen=True)
class Ask:
    """One thing to fill in."""

    name: str
    title: object
    value: str = ""
    hint: object = ""
    choices: tuple[tuple[str, object], ...] = ()
    wrong: object = ""

    @property
    def shown(self) -> object:
        return dict(self.choices).get(self.value, self.value)


@dataclass(frozen=True)
class Change:
    """A change as its page needs it. `says` tells what it brings with it, `make` makes it and returns where to go."""

    title: object
    subject: str
    back: str
    asks: tuple[Ask, ...]
    says: Callable[[], Iterable[str]]
    make: Callable[[], str]
    done: str = "changed"
    finds: bool = False
    two_people: bool = False


REASON = Ask("reason", _("Why"), hint=_("It stands in the history, for everybody who looks after this place."))


@access.needs(MANAGE_TREE)
def create(request: HttpRequest) -> HttpResponse:
    actor, parent = access.actor_of(request), _org(request, "manage")
    form = request.POST

    def make() -> str:
        org = services.create(
            parent_id=parent.pk,
            name=form.get("name", ""),
            level=form.get("level", ""),
            form=form.get("form", ""),
            region=form.get("region", "").strip()[:12],
            actor=actor,
            reason=form.get("reason", ""),
            now=clock.now(),
        )
        return f"/console/orgs/{org.pk}/"

    asks = (
        Ask("name", _("Known as")),
        Ask("level", _("Level"), choices=_levels_below(parent)),
        Ask("form", _("Form"), choices=tuple(Form.choices), hint=_("Only a grassroots union has one.")),
        Ask("region", _("Region code"), hint=_("Six digits or more of GB/T 2260, where it has one.")),
        REASON,
    )

    def says() -> tuple[str, ...]:
        return tree_changes.founding(parent, form.get("name", ""))

    return _page(
        request, Change(_("Found an organisation"), parent.name, f"/console/orgs/{parent.pk}/", asks, says, make)
    )


@access.needs(MANAGE_TREE)
def rename(request: HttpRequest) -> HttpResponse:
    actor, org = access.actor_of(request), _org(request, "manage")
    name, reason = request.POST.get("name", org.name), request.POST.get("reason", "")

    def make() -> str:
        services.rename(org_id=org.pk, name=name, actor=actor, reason=reason, now=clock.now())
        return f"/console/orgs/{org.pk}/"

    asks = (Ask("name", _("New name"), value=org.name), REASON)
    return _page(
        request,
        Change(_("Rename"), org.name, f"/console/orgs/{org.pk}/", asks, lambda: tree_changes.renaming(org, name), make),
    )


@access.needs(MANAGE_TREE, fresh=True)
def move(request: HttpRequest) -> HttpResponse:
    actor, org = access.actor_of(request), _org(request, "place")

    def make() -> str:
        services.move(
            org_id=org.pk,
            parent_id=_chosen(request),
            actor=actor,
            reason=request.POST.get("reason", ""),
            now=clock.now(),
        )
        return f"/console/orgs/{org.pk}/"

    levels = [level for level in Level.values if _may_hang(org.level, level)]
    asks = (Ask("to", _("Below which organisation"), choices=_places(request, org, levels)), REASON)

    def says() -> tuple[str, ...]:
        return tree_changes.moving(org, OrgPolicy().get(actor, "manage", pk=_chosen(request)))

    return _page(request, Change(_("Move"), org.name, f"/console/orgs/{org.pk}/", asks, says, make, finds=True))


@access.needs(MANAGE_TREE, fresh=True)
def merge(request: HttpRequest) -> HttpResponse:
    """Proposed here; a colleague above both agrees on the page of the case."""
    actor, org = access.actor_of(request), _org(request, "place")

    def make() -> str:
        tree_changes.ask_merge(
            actor=actor,
            org_id=org.pk,
            into_id=_chosen(request),
            reason=request.POST.get("reason", ""),
            now=clock.now(),
        )
        return f"/console/orgs/{org.pk}/"

    asks = (Ask("to", _("Into which organisation"), choices=_places(request, org, [org.level])), REASON)

    def says() -> tuple[str, ...]:
        return tree_changes.merging(org, OrgPolicy().get(actor, "manage", pk=_chosen(request)))

    return _page(
        request,
        Change(
            _("Merge into another"),
            org.name,
            f"/console/orgs/{org.pk}/",
            asks,
            says,
            make,
            done="merge_asked",
            finds=True,
            two_people=True,
        ),
    )


@access.needs(MANAGE_TREE, fresh=True)
def end(request: HttpRequest) -> HttpResponse:
    """Only an empty place can end; one with firms or offices is merged."""
    actor, org = access.actor_of(request), _org(request, "place")

    def make() -> str:
        services.end(org_id=org.pk, actor=actor, reason=request.POST.get("reason", ""), now=clock.now())
        return "/console/orgs"  # an ended place has no page of its own any more

    def says() -> tuple[str, ...]:
        return tree_changes.ending(org)

    return _page(request, Change(_("Close down"), org.name, f"/console/orgs/{org.pk}/", (REASON,), says, make))


@access.needs(MANAGE_TREE)
def register(request: HttpRequest) -> HttpResponse:
    actor, org, form = access.actor_of(request), _org(request, "manage"), request.POST

    def make() -> str:
        employer = employers.register(
            org_id=org.pk,
            uscc=form.get("uscc", ""),
            name=form.get("name", ""),
            district=form.get("district", ""),
            industry=form.get("industry", "").strip()[:40],
            actor=actor,
            reason=form.get("reason", ""),
            now=clock.now(),
        )
        return f"/console/employers/{employer.pk}/"

    asks = (
        Ask("name", _("Known as")),
        Ask("uscc", _("Credit code"), hint=_("18 characters, as on the business licence.")),
        Ask("district", _("District code"), value=_region_of(org), hint=_("Where its people work, six digits.")),
        Ask("industry", _("Trade"), hint=_("May stay empty.")),
        REASON,
    )

    def says() -> tuple[str, ...]:
        return tree_changes.registering(org, form.get("name", ""))

    return _page(request, Change(_("Register an employer"), org.name, f"/console/orgs/{org.pk}/", asks, says, make))


@access.needs(MANAGE_TREE)
def rename_employer(request: HttpRequest) -> HttpResponse:
    actor, employer = access.actor_of(request), _employer(request)
    name, reason = request.POST.get("name", employer.name), request.POST.get("reason", "")
    back = f"/console/employers/{employer.pk}/"

    def make() -> str:
        employers.rename(employer_id=employer.pk, name=name, actor=actor, reason=reason, now=clock.now())
        return back

    asks = (Ask("name", _("New name"), value=employer.name), REASON)

    def says() -> tuple[str, ...]:
        return tree_changes.renaming_employer(employer, name)

    return _page(request, Change(_("Rename"), employer.name, back, asks, says, make))


@access.needs(MANAGE_TREE, fresh=True)
def move_employer(request: HttpRequest) -> HttpResponse:
    actor, employer = access.actor_of(request), _employer(request)
    back = f"/console/employers/{employer.pk}/"

    def make() -> str:
        employers.move(
            employer_id=employer.pk,
            org_id=_chosen(request),
            actor=actor,
            reason=request.POST.get("reason", ""),
            now=clock.now(),
        )
        return back

    asks = (Ask("to", _("To which union"), choices=_places(request, None, Level.values)), REASON)

    def says() -> tuple[str, ...]:
        return tree_changes.moving_employer(employer, OrgPolicy().get(actor, "manage", pk=_chosen(request)))

    return _page(request, Change(_("Hand to another union"), employer.name, back, asks, says, make, finds=True))


@access.needs(MANAGE_TREE, fresh=True)
def end_employer(request: HttpRequest) -> HttpResponse:
    actor, employer = access.actor_of(request), _employer(request)
    back = f"/console/employers/{employer.pk}/"

    def make() -> str:
        employers.end(employer_id=employer.pk, actor=actor, reason=request.POST.get("reason", ""), now=clock.now())
        return back

    def says() -> tuple[str, ...]:
        return tree_changes.ending_employer(employer)

    return _page(request, Change(_("Close down"), employer.name, back, (REASON,), says, make))


def _page(request: HttpRequest, change: Change) -> HttpResponse:
    """Fill in, look, do. Whatever goes wrong, what was typed stays."""
    if request.method != "POST" or "edit" in request.POST:
        return _show(request, change)
    try:
        if "do" in request.POST:
            return go(change.make(), change.done)
        tree_changes.rehearse(change.make)
        return _show(request, change, says=tuple(change.says()))
    except DomainError as error:
        return _show(request, change, status=status_of(error), **told(error))


def _show(request: HttpRequest, change: Change, status: int = 200, **context: object) -> HttpResponse:
    wrong = context.get("fields")
    hints = wrong if isinstance(wrong, dict) else {}
    asks = [
        replace(ask, value=request.POST.get(ask.name, ask.value), wrong=hints.get(ask.name, "")) for ask in change.asks
    ]
    found = {"change": change, "asks": asks, "key": _key(request), "find": request.GET.get("find", "")}
    return page(request, "console/change_tree.html", change.title, status=status, **found, **context)


def _key(request: HttpRequest) -> UUID:
    return key_of(request, "key")


def _org(request: HttpRequest, action: str) -> Org:
    return OrgPolicy().get(access.actor_of(request), action, pk=_key(request), ended_at=None)


def _employer(request: HttpRequest) -> Employer:
    actor: Actor = access.actor_of(request)
    return EmployerPolicy().get(actor, "manage", pk=_key(request), ended_at=None)


def _chosen(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("to", ""))
    except ValueError as error:
        raise NotFound(_("Please choose an organisation."), next_step=_("Search for it by its name.")) from error


def _places(request: HttpRequest, org: Org | None, levels: Iterable[str]) -> tuple[tuple[str, object], ...]:
    """Where something may go: places of these levels in the actor's care, outside what is to go."""
    rows = OrgPolicy().which(access.actor_of(request), "manage").filter(ended_at=None, level__in=list(levels))
    if org is not None:
        rows = rows.exclude(path__startswith=org.path).exclude(path=org.path[: -Org.steplen])
    chosen, found = request.POST.get("to", ""), rows.filter(name__icontains=request.GET.get("find", ""))
    shown = {str(row.pk): row for row in found.order_by("depth", "path")[:SHOWN]}
    if chosen and chosen not in shown:
        shown |= {str(row.pk): row for row in rows.filter(pk=_chosen(request))}
    return tuple((key, f"{row.name}（{row.get_level_display()}）") for key, row in shown.items())


def _levels_below(parent: Org) -> tuple[tuple[str, object], ...]:
    return tuple((level, label) for level, label in Level.choices if _may_hang(level, parent.level))


def _may_hang(level: str, above: str) -> bool:
    order = list(Level.values)
    return order.index(level) > order.index(above) or level == above == Level.ENTERPRISE


def _region_of(org: Org) -> str:
    """The code of the nearest place that has one."""
    paths = [org.path[:end] for end in range(Org.steplen, len(org.path) + 1, Org.steplen)]
    near = Org.objects.filter(path__in=paths).exclude(region="").order_by("-depth").first()
    return str(near.region)[:6] if near else ""
