"""The living record: notes and tasks, looked at under the owner's eyes; frozen, given back, deleted."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.accounts.models import Person
from niangjia.core.audit import services as audit
from niangjia.core.consent import selectors as consents
from niangjia.core.consent.models import ConsentRecord
from niangjia.core.consent.types import PURPOSES
from niangjia.kernel.errors import Invalid
from niangjia.scenes.dating.desk import errors, rooms
from niangjia.scenes.dating.desk.models import Asking, Introduction, Meeting, Note, Record, StationMember, Task
from niangjia.scenes.dating.desk.policies import records
from niangjia.scenes.dating.desk.types import FROZEN_FOR, PURPOSE

_LONGEST = 1000
_KINDS = ("note", "visit", "call")


@transaction.atomic
def look(*, actor: Actor, record_id: UUID, now: datetime) -> Record:
    """Open somebody's record. The look is noted for its owner."""
    record = of_staff(actor, record_id)
    audit.record(
        action="dating.record_opened",
        actor_id=actor.person_id,
        subject_id=record.person_id,
        target=("record", record.pk),
        now=now,
    )
    return record


def of_staff(actor: Actor, record_id: UUID) -> Record:
    """A record open to this matchmaker, whose owner's consent stands; anything else is missing."""
    record = records.get(actor, "keep", pk=record_id)
    if not consents.has(person_id=record.person_id, purpose=PURPOSE):
        raise errors.missing()
    return record


@transaction.atomic
def write(*, actor: Actor, record_id: UUID, kind: str, text: str, now: datetime) -> Note:
    """Write something down. The owner reads it on their phone, word for word."""
    record = of_staff(actor, record_id)
    if kind not in _KINDS:
        raise Invalid(_("Please check this."), fields={"kind": _("Please choose one.")})
    return _note(record, actor.person_id, kind, text, now)


@transaction.atomic
def add_word(*, person_id: UUID, text: str, now: datetime) -> Note:
    """The owner's own word beside what was written: nobody's record is written by others alone."""
    return _note(own(person_id), person_id, "owner", text, now)


def _note(record: Record, author_id: UUID | None, kind: str, text: str, now: datetime) -> Note:
    words = text.strip()
    if not 1 <= len(words) <= _LONGEST:
        raise Invalid(_("Please write a few words."), fields={"text": _("Between one and a thousand characters.")})
    note = Note(record=record, author_id=author_id, kind=kind, text=words, at=now)
    note.save(force_insert=True)
    return note


@transaction.atomic
def add_task(*, actor: Actor, record_id: UUID, text: str, due_on: date, now: datetime) -> Task:
    record = of_staff(actor, record_id)
    words = text.strip()
    if not 1 <= len(words) <= 200:
        raise Invalid(_("Please write a few words."), fields={"text": _("What is to be done?")})
    task = Task(record=record, text=words, due_on=due_on, made_at=now)
    task.save(force_insert=True)
    return task


@transaction.atomic
def finish_task(*, actor: Actor, task_id: UUID, now: datetime) -> Task:
    """Done twice is done once."""
    found = Task.objects.filter(pk=task_id, record__in=records.which(actor, "keep")).first()
    if found is None:
        raise errors.missing()
    Task.objects.filter(pk=found.pk, done_at=None).update(done_at=now, done_by=actor.person_id)
    return found


@transaction.atomic
def take_care(*, actor: Actor, record_id: UUID, now: datetime) -> Record:
    """This matchmaker is now the one whom the person turns to."""
    record = of_staff(actor, record_id)
    record.matchmaker_id = actor.person_id
    record.save(update_fields=["matchmaker"])
    return record


def own(person_id: UUID) -> Record:
    """My own record, not frozen."""
    found = Record.objects.filter(person_id=person_id, frozen_at=None).select_related("station").first()
    if found is None:
        raise errors.missing()
    return found


@transaction.atomic
def change_wishes(*, person_id: UUID, wishes: str) -> Record:
    record = own(person_id)
    if len(wishes) > 400:
        raise Invalid(_("Please say it in fewer words."), fields={"wishes": _("Please say it in fewer words.")})
    record.wishes = wishes.strip()
    record.save(update_fields=["wishes"])
    return record


def consent_withdrawn(person_id: UUID, purpose: str, now: datetime) -> None:
    """At once nobody at the desk sees the record; what was arranged is off. Deleted after `FROZEN_FOR`."""
    if purpose == PURPOSE:
        _freeze(Record.objects.filter(person_id=person_id, frozen_at=None).first(), now)


@transaction.atomic
def _freeze(record: Record | None, now: datetime) -> None:
    """Meetings that were arranged are off. Questions that wait end on their day, as if nobody had answered."""
    if record is None:
        return
    record.frozen_at = now
    record.save(update_fields=["frozen_at"])
    mine = Introduction.objects.filter(Q(one=record) | Q(other=record))
    ahead = Meeting.objects.filter(introduction__in=mine, state__in=("proposed", "agreed"), starts_at__gt=now)
    rooms.lock(ahead)
    rooms.give_back(ahead.select_for_update(of=("self",)).order_by("pk"), now)
    ahead.update(state="cancelled", taken=None)


def keep_the_rule(*, now: datetime) -> int:
    """Every night: freeze what no standing consent covers (older words count no more); delete what was frozen long."""
    latest = ConsentRecord.objects.filter(person=OuterRef("person_id"), purpose=PURPOSE).order_by("-id")
    stands = Exists(
        ConsentRecord.objects.filter(
            pk=Subquery(latest.values("pk")[:1]), given=True, version=PURPOSES[PURPOSE].version
        )
    )
    for record in Record.objects.filter(~stands, frozen_at=None):
        _freeze(record, now)
    return Record.objects.filter(frozen_at__lte=now - FROZEN_FOR).delete()[0]


def erase(person_id: UUID, now: datetime) -> None:
    """For good: the record and all that hangs on it, what waits for the owner of this phone, a name on a door."""
    person = Person.objects.get(pk=person_id)
    if person.phone_index is not None:
        Asking.objects.filter(phone_index=bytes(person.phone_index)).delete()
    _freeze(Record.objects.filter(person_id=person_id).first(), now)  # what was arranged falls free
    Record.objects.filter(person_id=person_id).delete()
    StationMember.objects.filter(person_id=person_id).delete()
