"""Introducing two. Each is asked alone; two yeses make the pair; a no is told to nobody, not even by its timing.

A no and a silence both end at `until`, with the same words to the other. What was said is destroyed when it is over.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from niangjia.core.access import Actor
from niangjia.core.audit import services as audit
from niangjia.core.messages import services as messages
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating.desk import errors, following
from niangjia.scenes.dating.desk.candidates import fitting
from niangjia.scenes.dating.desk.keeping import of_staff, own
from niangjia.scenes.dating.desk.models import Introduction, Record
from niangjia.scenes.dating.desk.types import ANSWER_WITHIN, NO, YES
from niangjia.scenes.dating.selectors.people import own as own_profile
from niangjia.scenes.dating.services import decisions


@transaction.atomic
def introduce(*, actor: Actor, record_id: UUID, other_id: UUID, words: str = "", now: datetime) -> Introduction:
    """Ask both, each alone, whether they would like to meet. Introducing the same two again is refused."""
    mine, theirs = of_staff(actor, record_id), of_staff(actor, other_id)
    if mine.pk == theirs.pk:
        raise errors.NoFit
    fitting(mine, theirs, now)
    one, other = sorted((mine, theirs), key=lambda record: record.pk)
    row = Introduction(
        station=mine.station,
        made_by_id=actor.person_id,
        one=one,
        other=other,
        words=words.strip()[:200],
        made_at=now,
        until=now + ANSWER_WITHIN,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise errors.IntroducedBefore from error
    for record in (one, other):
        messages.send(person_id=record.person_id, template="help_introduction", now=now)
        audit.record(
            action="dating.introduced", actor_id=actor.person_id, subject_id=record.person_id,
            target=("introduction", row.pk), now=now,
        )  # fmt: skip
    return row


@transaction.atomic
def answer(*, person_id: UUID, introduction_id: UUID, yes: bool, now: datetime) -> Introduction:
    """My own answer, which may be changed until it is over. Two yeses are told to both at once."""
    row, mine = _asked(person_id, introduction_id, now)
    setattr(row, f"{mine}_says", YES if yes else NO)
    if row.one_says == YES and row.other_says == YES and _pair(row, now):
        _found(row, now)
    row.save()
    return row


def _asked(person_id: UUID, introduction_id: UUID, now: datetime) -> tuple[Introduction, str]:
    """One of mine, locked, and which of the two I am."""
    record = own(person_id)
    found = Introduction.objects.select_for_update(of=("self",)).select_related("one", "other")
    row = found.filter(Q(one=record) | Q(other=record), pk=introduction_id).first()
    if row is None:
        raise errors.missing()
    if row.state != "asked" or row.until <= now:
        raise errors.Over
    return row, "one" if row.one_id == record.pk else "other"


def _pair(row: Introduction, now: datetime) -> bool:
    """Through the same door as a mutual yes in the app, so that there is one table of pairs. False when the two cannot
    see each other any more: then it ends quietly, as a silence does."""
    people = (row.one.person_id, row.other.person_id)
    if row.one.frozen_at is not None or row.other.frozen_at is not None:
        return False
    try:
        with transaction.atomic():
            profiles = [own_profile(person_id).pk for person_id in people]
            decisions.say_yes(person_id=people[0], profile_id=profiles[1], now=now)
            return decisions.say_yes(person_id=people[1], profile_id=profiles[0], now=now).state == "mutual"
    except DomainError:
        return False


def _found(row: Introduction, now: datetime) -> None:
    row.state, row.settled_at, row.one_says, row.other_says = "both_yes", now, "", ""
    row.story, row.story_at = "meeting", now
    following.plan(row, now)
    if row.made_by_id:
        messages.send(person_id=row.made_by_id, template="help_both_yes", now=now)


def settle_due(*, now: datetime) -> int:
    """What found no two yeses by its day is over: the same words to whoever said yes, whatever the other did."""
    keys = list(Introduction.objects.filter(state="asked", until__lte=now).values_list("pk", flat=True)[:500])
    return sum(_settle(key, now) for key in keys)


@transaction.atomic
def _settle(key: UUID, now: datetime) -> bool:
    rows = Introduction.objects.select_for_update(of=("self",)).select_related("one", "other")
    row = rows.filter(pk=key, state="asked").first()
    if row is None:
        return False
    hopeful: list[Record] = [
        record for record, says in ((row.one, row.one_says), (row.other, row.other_says)) if says == YES
    ]
    row.state, row.settled_at, row.one_says, row.other_says = "not_now", row.until, "", ""
    row.save()
    for record in hopeful:
        messages.send(person_id=record.person_id, template="help_not_now", now=now)
    return True
