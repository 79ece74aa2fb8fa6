"""Who looked at or changed a person's data, in plain words. Staff by role and office, never by name.

What other members do (a yes that stays secret, a profile opened) is nobody's look and never shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.core.access.models import RoleGrant
from niangjia.core.access.roles import ROLES
from niangjia.core.audit import selectors as audit
from niangjia.core.audit.models import Event
from niangjia.core.audit.words import WITHOUT_NAME, WORDS

TABLES: dict[str, object] = {
    "accounts_person": gettext_lazy("your account"),
    "accounts_outsideaccount": gettext_lazy("your ways to sign in"),
    "accounts_secondfactor": gettext_lazy("your second factor"),
    "access_rolegrant": gettext_lazy("your roles"),
    "attestations_attestation": gettext_lazy("your verifications"),
    "attestations_request": gettext_lazy("your requests to a desk"),
    "files_photo": gettext_lazy("your photos"),
}


@dataclass(frozen=True)
class Look:
    who: str
    what: str
    purpose: str
    at: datetime


def shown_to(person_id: UUID, *, own: bool = False) -> QuerySet[Event]:
    """The events a person may read about themselves, newest first; what they did themselves only when asked for."""
    told = Q(action__in=WORDS.keys()) | Q(target_table__in=TABLES.keys()) | ~Q(purpose="")
    by_staff = Exists(RoleGrant.objects.filter(person=OuterRef("actor_id")))
    if own:
        return audit.about(person_id).filter(told & (Q(actor_id=person_id) | Q(actor_id=None) | by_staff))
    return audit.about(person_id).filter(told & (Q(actor_id=None) | by_staff)).exclude(actor_id=person_id)


def in_words(events: Sequence[Event], *, person_id: UUID) -> list[Look]:
    """In two queries, whatever their number."""
    offices = _offices({event.actor_id for event in events if event.actor_id not in (None, person_id)})
    return [
        Look(who=_who(event, person_id, offices), what=_what(event), purpose=event.purpose, at=event.at)
        for event in events
    ]


def _offices(actors: set[UUID | None]) -> dict[UUID, str]:
    """Role and organisation of each; of several the one granted last."""
    grants = RoleGrant.objects.filter(person__in=[a for a in actors if a]).select_related("org").order_by("granted_at")
    return {
        grant.person_id: f"{ROLES[grant.role].title if grant.role in ROLES else grant.role} · {grant.org.name}"
        for grant in grants
    }


def _who(event: Event, person_id: UUID, offices: dict[UUID, str]) -> str:
    if event.actor_id == person_id:
        return _("You")
    if event.actor_id is None:
        return str(WITHOUT_NAME.get(event.action, _("Niangjia, by itself")))
    return offices.get(event.actor_id, _("Staff"))


def _what(event: Event) -> str:
    if event.action in WORDS:
        return str(WORDS[event.action])
    table = TABLES.get(event.target_table, _("your data"))
    changed = {"insert": _("Added to {what}"), "update": _("Changed {what}"), "delete": _("Deleted from {what}")}
    return changed.get(event.action, _("Looked at {what}")).format(what=table)
