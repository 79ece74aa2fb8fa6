"""Lists of people: opened on the page, printed, or taken out of the house. Each look is the people's to know of."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.audit import services as audit
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.kernel.errors import Conflict, Invalid
from niangjia.scenes.activities.models import Activity, Answers
from niangjia.scenes.activities.policies import activities
from niangjia.scenes.activities.selectors.people import Guest, door_lines, guests_of
from niangjia.scenes.activities.types import EXPORT

LEAVE_LIFE: Final = timedelta(hours=24)  # from the agreement to the taking out


@transaction.atomic
def people(*, actor: Actor, activity_id: UUID, now: datetime) -> tuple[Activity, list[Guest]]:
    """Everybody who registered, by name. Recorded for each of them."""
    activity = activities.get(actor, "run", pk=activity_id)
    guests = guests_of(activity, now)
    _record("activities.list_read", actor, activity, (guest.person_id for guest in guests), now)
    return activity, guests


@transaction.atomic
def answers(*, actor: Actor, activity_id: UUID, person_id: UUID, now: datetime) -> Answers | None:
    """What one person wrote into the form. Recorded as a look."""
    activity = activities.get(actor, "run", pk=activity_id)
    row = Answers.objects.filter(activity=activity, person_id=person_id).first()
    if row is not None:
        _record("activities.answers_read", actor, activity, [person_id], now)
    return row


@transaction.atomic
def door(*, actor: Actor, activity_id: UUID, now: datetime) -> tuple[Activity, list[dict[str, object]]]:
    """What a phone at the door takes along: masked names, the end of a number, fingerprints of tickets."""
    activity = activities.get(actor, "door", pk=activity_id)
    lines = door_lines(activity, now)
    _record("activities.list_downloaded", actor, activity, (line.person_id for line in lines), now)
    return activity, [line.shown() for line in lines]


def ask(*, actor: Actor, activity_id: UUID, with_answers: bool, reason: str, now: datetime) -> Case:
    """Ask to take the list out; another person must agree."""
    activity = activities.get(actor, "run", pk=activity_id)
    if len(reason.strip()) < 4:
        hint = _("Please write in a few words what it is for.")
        raise Invalid(hint, fields={"reason": hint})
    return workflow.open_case(
        kind=EXPORT,
        org=activity.org,
        about_id=None,
        opened_by_id=actor.person_id,
        summary=reason.strip()[:200],
        data={"activity": str(activity.pk), "answers": with_answers},
        now=now,
    )


def leaves(*, actor: Actor, activity: Activity, now: datetime) -> list[Case]:
    """Lists of this activity that I asked for and may take out now."""
    mine = Case.objects.filter(opened_by_id=actor.person_id, kind=EXPORT, data__activity=str(activity.pk))
    ready = mine.filter(outcome="approve", used_at=None, closed_at__gt=now - LEAVE_LIFE)
    return list(ready.order_by("closed_at"))


@transaction.atomic
def take_out(*, actor: Actor, case_id: UUID, now: datetime) -> tuple[Activity, list[Guest], bool]:
    """The list itself: once, by the one who asked, within a day of the agreement."""
    assert actor.person_id is not None  # the page asks for a permission
    case = workflow.use(case_id=case_id, by_id=actor.person_id, outcome="approve", within=LEAVE_LIFE, now=now)
    if case.kind != EXPORT:
        raise Conflict(_("This leave is for something else."), next_step=_("Please ask for the list."))
    activity = activities.get(actor, "run", pk=UUID(str(case.data["activity"])))
    guests = guests_of(activity, now, with_answers=bool(case.data.get("answers")))
    _record(
        "activities.list_exported", actor, activity, (guest.person_id for guest in guests), now, purpose=case.summary
    )
    return activity, guests, bool(case.data.get("answers"))


def _record(
    action: str, actor: Actor, activity: Activity, people: Iterable[UUID | None], now: datetime, *, purpose: str = ""
) -> None:
    target = ("activities_activity", activity.pk)
    for person_id in dict.fromkeys(person for person in people if person):
        audit.record(
            action=action, actor_id=actor.person_id, subject_id=person_id, target=target, purpose=purpose, now=now
        )
