"""Changes of the organisation tree: what each brings with it, in plain words, and a merge, which takes two people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.core.access import Actor
from niangjia.core.access.models import RoleGrant
from niangjia.core.access.selectors import grants_of
from niangjia.core.attestations.models import Attestation
from niangjia.core.orgs import selectors, services
from niangjia.core.orgs.models import Employer, Org
from niangjia.core.orgs.policies import OrgPolicy
from niangjia.core.rolls.models import RollEntry
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.types import Exhibit, Moved, Process, Transition, register
from niangjia.interfaces.console import permissions
from niangjia.kernel.errors import Invalid

MERGE = "console.merge"
AGREED = "approve"


@dataclass(frozen=True)
class Reach:
    """What hangs at and below a place of the tree."""

    organisations: int
    employers: int
    members: int
    people: int
    roles: int


def rehearse(change: Callable[[], object]) -> None:
    """Raise whatever the change would raise, and change nothing: a preview follows the rules of the act itself."""
    with transaction.atomic():
        change()
        transaction.set_rollback(True)


def reach_of(org: Org) -> Reach:
    return Reach(
        organisations=selectors.subtree(org).exclude(pk=org.pk).count(),
        employers=Employer.objects.filter(org__path__startswith=org.path, ended_at=None).count(),
        members=RollEntry.objects.filter(employer__org__path__startswith=org.path, ended=None).count(),
        people=Attestation.objects.filter(
            employer__org__path__startswith=org.path, kind="employer", fallen_at=None
        ).count(),
        roles=RoleGrant.objects.filter(org__path__startswith=org.path, ended_at=None).count(),
    )


def founding(parent: Org, name: str) -> tuple[str, ...]:
    return (
        _("“{name}” is founded below “{parent}”.").format(name=name, parent=parent.name),
        _("Whoever looks after “{parent}” looks after it too. Nothing else changes.").format(parent=parent.name),
    )


def renaming(org: Org, name: str) -> tuple[str, ...]:
    return (
        _("“{before}” is called “{after}” from now on, on every page.").format(before=org.name, after=name),
        _("What it vouched for so far keeps the name under which it was given. Roles and members stay as they are."),
    )


def moving(org: Org, parent: Org) -> tuple[str, ...]:
    above = selectors.ancestors(org).last()
    return (
        _("“{org}” leaves “{before}” and hangs below “{after}”.").format(
            org=org.name, before=above.name if above else "—", after=parent.name
        ),
        _along(reach_of(org)),
        _("{n} staff roles inside it stay as they are; their holders must sign in again.").format(
            n=reach_of(org).roles
        ),
        _sight(set(selectors.paths_above(org.path)), {*selectors.paths_above(parent.path), parent.path}),
    )


def merging(org: Org, into: Org) -> tuple[str, ...]:
    own = RoleGrant.objects.filter(org=org, ended_at=None).count()
    return (
        _("“{org}” ends, and “{into}” goes on in its place.").format(org=org.name, into=into.name),
        _along(reach_of(org)),
        _("{n} staff roles of “{org}” become roles of “{into}”; their holders must sign in again.").format(
            n=own, org=org.name, into=into.name
        ),
        _sight(set(selectors.paths_above(org.path)), {*selectors.paths_above(into.path), into.path}),
        _(
            "Its cases, rolls and history stay, in reach of whoever looks after “{into}”. A merge cannot be undone."
        ).format(into=into.name),
    )


def ending(org: Org) -> tuple[str, ...]:
    return (
        _("“{org}” ends and can no longer be chosen. This cannot be undone.").format(org=org.name),
        _("{n} staff roles there end; their holders must sign in again.").format(n=reach_of(org).roles),
        _("Its cases, rolls and history stay, in reach of the offices above it."),
    )


def registering(org: Org, name: str) -> tuple[str, ...]:
    return (
        _("“{name}” is registered under “{org}”; its workers can choose it at once.").format(name=name, org=org.name),
        _("“{org}” answers for them, and so does every office above it.").format(org=org.name),
    )


def renaming_employer(employer: Employer, name: str) -> tuple[str, ...]:
    return (
        _("“{before}” is called “{after}” from now on, on every page.").format(before=employer.name, after=name),
        _("{n} people are verified as working there, and stay so.").format(n=_people(employer)),
    )


def moving_employer(employer: Employer, org: Org) -> tuple[str, ...]:
    members = RollEntry.objects.filter(employer=employer, ended=None).count()
    return (
        _("“{employer}” leaves “{before}”; “{after}” answers for it from now on.").format(
            employer=employer.name, before=employer.org.name, after=org.name
        ),
        _("With it go {members} members on its roll and {people} people verified as working there.").format(
            members=members, people=_people(employer)
        ),
        _sight(
            {*selectors.paths_above(employer.org.path), employer.org.path},
            {*selectors.paths_above(org.path), org.path},
        ),
    )


def ending_employer(employer: Employer) -> tuple[str, ...]:
    return (
        _("“{name}” ends and can no longer be chosen. This cannot be undone.").format(name=employer.name),
        _("{n} people are verified as working there. That falls within a day; each is told, and how to go on.").format(
            n=_people(employer)
        ),
        _("If another firm took it over, ask its people to choose the new one: what they found here stays theirs."),
    )


def _people(employer: Employer) -> int:
    return Attestation.objects.filter(employer=employer, kind="employer", fallen_at=None).count()


def _along(reach: Reach) -> str:
    return _(
        "With it go {orgs} organisations below it, {employers} employers, {members} members on their rolls "
        "and {people} people verified as working there."
    ).format(orgs=reach.organisations, employers=reach.employers, members=reach.members, people=reach.people)


def _sight(before: set[str], after: set[str]) -> str:
    return _("{lost} staff roles above lose sight of all this, and {won} gain it.").format(
        lost=_roles_at(before - after), won=_roles_at(after - before)
    )


def _roles_at(paths: Iterable[str]) -> int:
    return RoleGrant.objects.filter(org__path__in=list(paths), ended_at=None).count()


def declare() -> None:
    register(
        Process(
            kind=MERGE,
            title=gettext_lazy("Organisations to be merged"),
            start="asked",
            transitions=(
                Transition(
                    AGREED,
                    gettext_lazy("Agree, and merge them now"),
                    "asked",
                    "merged",
                    permissions.APPROVE_MERGE,
                    needs_reason=False,
                    tone="grave",
                    fresh=True,
                ),
                Transition("refuse", gettext_lazy("Refuse"), "asked", "refused", permissions.APPROVE_MERGE),
            ),
            days=5,
            states={
                "asked": gettext_lazy("Asked for"),
                "merged": gettext_lazy("Merged"),
                "refused": gettext_lazy("Refused"),
            },
            after=_merge,
            exhibits=_exhibits,
        )
    )


def ask_merge(*, actor: Actor, org_id: UUID, into_id: UUID, reason: str, now: datetime) -> Case:
    """Propose a merge that would succeed now; it lies with a desk above both until another person agrees."""
    if len(reason.strip()) < 4:
        hint = _("Please write in a few words what it is for.")
        raise Invalid(hint, fields={"reason": hint})
    rehearse(lambda: services.merge(org_id=org_id, into_id=into_id, actor=actor, reason=reason, now=now))
    org, into = OrgPolicy().get(actor, "place", pk=org_id), OrgPolicy().get(actor, "manage", pk=into_id)
    return workflow.open_case(
        kind=MERGE,
        org=_above_both(org, into),
        about_id=None,
        opened_by_id=actor.person_id,
        summary=reason.strip(),
        data={"org": str(org.pk), "into": str(into.pk)},
        now=now,
    )


def _above_both(org: Org, into: Org) -> Org:
    shared = set(selectors.paths_above(org.path)) & {*selectors.paths_above(into.path), into.path}
    found: Org = Org.objects.get(path=max(shared, key=len))
    return found


def _merge(moved: Moved) -> None:
    """In the name of the one who agreed: the merge asks for their reach as it would for anybody's."""
    if moved.transition != AGREED or moved.by_id is None:
        return
    case = Case.objects.get(pk=moved.case_id)
    services.merge(
        org_id=UUID(str(case.data["org"])),
        into_id=UUID(str(case.data["into"])),
        actor=Actor(person_id=moved.by_id, grants=grants_of(moved.by_id), second_factor_at=moved.now),
        reason=case.summary,
        now=moved.now,
    )


def _exhibits(case_id: UUID, _viewer_id: UUID, _now: datetime) -> tuple[Exhibit, ...]:
    """What will change, counted anew: the tree may have grown since the merge was proposed."""
    case = Case.objects.get(pk=case_id)
    org, into = Org.objects.get(pk=case.data["org"]), Org.objects.get(pk=case.data["into"])
    if org.ended_at is not None or into.ended_at is not None:
        return (Exhibit(gettext_lazy("Organisations"), f"{org.name} → {into.name}"),)
    return (Exhibit(gettext_lazy("What will change"), "\n".join(merging(org, into))),)
