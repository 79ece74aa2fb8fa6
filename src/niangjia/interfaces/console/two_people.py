"""Acts that take two people: giving a role, and seeing a hidden number. One asks with a reason, another one agrees.

They are cases, so that they have a desk, a deadline and a history, and the database refuses that one person does both.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.access.models import RoleGrant
from niangjia.core.access.roles import ROLES
from niangjia.core.accounts import codes
from niangjia.core.accounts.models import Person
from niangjia.core.accounts.services import end_sessions, person_with_phone
from niangjia.core.audit import services as audit
from niangjia.core.messages import services as messages
from niangjia.core.orgs.models import Employer, Org
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.types import Moved, Process, Transition, register
from niangjia.interfaces.console import permissions
from niangjia.interfaces.console.policies import grants, people
from niangjia.kernel.errors import Conflict, Forbidden, Invalid

ROLE, REVEAL = "console.role", "console.reveal"
APPROVED = "approve"
REVEAL_LIFE = timedelta(minutes=10)

WHAT = {"id_number": _("ID number"), "phone": _("phone number"), "legal_name": _("full name")}


def declare() -> None:
    register(
        _process(ROLE, _("Role to be given"), permissions.APPROVE_ROLES, days=3, after=_give_role),
        _process(REVEAL, _("Hidden number to be seen"), permissions.APPROVE_REVEAL, days=1, after=None),
    )


def _process(kind: str, title: object, permission: str, *, days: int, after: Callable[[Moved], None] | None) -> Process:
    return Process(
        kind=kind,
        title=title,
        start="asked",
        transitions=(
            Transition(
                APPROVED, _("Agree"), "asked", "agreed", permission, needs_reason=False, tone="good", fresh=True
            ),
            Transition(
                "refuse",
                _("Refuse"),
                "asked",
                "refused",
                permission,
                tone="grave",
                reasons=(_("The reason is not enough."), _("Not needed for this task."), _("Please talk to me first.")),
            ),
        ),
        days=days,
        states={"asked": _("Asked for"), "agreed": _("Agreed"), "refused": _("Refused")},
        after=after,
    )


def ask_role(*, actor: Actor, phone: str, role: str, org_id: UUID, reason: str, now: datetime) -> Case:
    """Propose a role for the owner of a phone number; another person must agree."""
    org = Org.objects.filter(pk=org_id, ended_at=None).first()
    needed = permissions.ASK_ADMIN_ROLES if role in permissions.ADMINS else permissions.ASK_ROLES
    if org is None or role not in ROLES or not any(org.path.startswith(root) for root in actor.paths(needed)):
        raise Forbidden(
            _("You cannot give this role there."), next_step=_("Choose another role, or an organisation below yours.")
        )
    _with_reason(reason)
    with transaction.atomic():
        person = person_with_phone(phone=codes.checked_phone(phone), now=now)
        if person.pk == actor.person_id:
            raise Forbidden(_("Nobody gives a role to themselves."), next_step=_("Ask a colleague to propose you."))
        _separate(person, role)
        return workflow.open_case(
            kind=ROLE,
            org=org,
            about_id=person.pk,
            opened_by_id=actor.person_id,
            summary=reason.strip(),
            data={"role": role},
            now=now,
        )


def _with_reason(reason: str) -> None:
    if len(reason.strip()) < 4:
        hint = _("Please write in a few words what it is for.")
        raise Invalid(hint, fields={"reason": hint})


def _separate(person: Person, role: str) -> None:
    """The three administrators are three people."""
    held = set(RoleGrant.objects.filter(person=person, ended_at=None).values_list("role", flat=True))
    if (role in permissions.ADMINS and held - {role}) or (role not in permissions.ADMINS and held & permissions.ADMINS):
        raise Conflict(
            _("This person holds a role that does not go with it."),
            next_step=_("System, security and audit administrators are three people, and hold no other role."),
        )


def _give_role(moved: Moved) -> None:
    if moved.transition != APPROVED or moved.about_id is None:
        return
    case = Case.objects.select_related("org").get(pk=moved.case_id)
    role, person = str(case.data["role"]), Person.objects.get(pk=moved.about_id)
    _separate(person, role)
    RoleGrant.objects.get_or_create(
        person=person,
        org=case.org,
        role=role,
        ended_at=None,
        defaults={"granted_at": moved.now, "granted_by_id": moved.by_id},
    )
    Person.objects.filter(pk=person.pk).update(is_staff=True)
    end_sessions(person_id=person.pk)
    messages.send(person_id=person.pk, template="role_given", params=_told(role, case.org), now=moved.now)


@transaction.atomic
def end_role(*, actor: Actor, grant_id: UUID, now: datetime) -> None:
    """Taking a role away needs one person only: it must be possible at once. All sessions of its holder end."""
    grant = grants.get(actor, "end", pk=grant_id)
    if not RoleGrant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=now):
        raise Conflict(_("This role has ended already."), next_step=_("Please load the page again."))
    if not RoleGrant.objects.filter(person_id=grant.person_id, ended_at=None).exists():
        Person.objects.filter(pk=grant.person_id).update(is_staff=False)
    end_sessions(person_id=grant.person_id)
    messages.send(person_id=grant.person_id, template="role_ended", params=_told(grant.role, grant.org), now=now)


def _told(role: str, org: Org) -> dict[str, str]:
    return {"role": str(ROLES[role].title) if role in ROLES else role, "org": org.name}


def ask_reveal(*, actor: Actor, person_id: UUID, what: str, purpose: str, now: datetime) -> Case:
    """Ask to see a hidden number of somebody, and say what for."""
    person = people.get(actor, "reveal", pk=person_id)
    if what not in WHAT:
        raise Invalid(_("Please choose what you need to see."), fields={"what": _("Please choose.")})
    _with_reason(purpose)
    employer = Employer.objects.select_related("org").get(
        attestations__person=person, attestations__kind="employer", attestations__fallen_at=None
    )
    return workflow.open_case(
        kind=REVEAL,
        org=employer.org,
        about_id=person.pk,
        opened_by_id=actor.person_id,
        summary=purpose.strip()[:200],
        data={"what": what},
        now=now,
    )


@transaction.atomic
def reveal(*, actor: Actor, case_id: UUID, now: datetime) -> tuple[Case, str]:
    """See the number: once, within ten minutes after somebody agreed. Its owner is told by whom and what for."""
    assert actor.person_id is not None  # the page asks for a permission
    case = workflow.use(case_id=case_id, by_id=actor.person_id, outcome=APPROVED, within=REVEAL_LIFE, now=now)
    person = people.get(actor, "reveal", pk=case.about_id)
    what = str(case.data["what"])
    audit.record(
        action=f"saw_{what}",
        actor_id=actor.person_id,
        subject_id=person.pk,
        target=("accounts_person", person.pk),
        purpose=case.summary,
        now=now,
    )
    told = {"org": case.org.name, "what": str(WHAT[what]), "purpose": case.summary}
    messages.send(person_id=person.pk, template="number_revealed", params=told, now=now)
    return case, str(getattr(person, what))
