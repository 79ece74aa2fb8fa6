"""How are you two? Asked of each after three days, three weeks and three months; the matchmaker follows to the end."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import rules
from niangjia.core.access import Actor
from niangjia.core.audit import services as audit
from niangjia.core.messages import services as messages
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict
from niangjia.scenes.dating.desk import errors
from niangjia.scenes.dating.desk.keeping import own
from niangjia.scenes.dating.desk.models import Counsel, Follow, Introduction, Task
from niangjia.scenes.dating.desk.policies import introductions
from niangjia.scenes.dating.desk.types import STEP_WORDS, STEPS, STORIES, WHY_ENDED


def plan(row: Introduction, since: datetime) -> None:
    """The three questions to each, counted from `since`; what was not asked yet moves with it."""
    for step, after in STEPS.items():
        due = clock.today(since + after)
        for record in (row.one, row.other):
            Follow.objects.get_or_create(introduction=row, record=record, step=step, defaults={"due_on": due})
        Follow.objects.filter(introduction=row, step=step, told_at=None, answered_at=None).update(due_on=due)


def ask_due(*, now: datetime) -> int:
    """Put today's questions on the phones, and a task on the matchmaker's list."""
    today = clock.today(now)
    due = Follow.objects.filter(due_on__lte=today, told_at=None, answered_at=None, record__frozen_at=None)
    due = due.exclude(introduction__story="ended").select_related("record", "introduction")
    return sum(_ask(row, now) for row in due.order_by("pk")[:1000])


@transaction.atomic
def _ask(row: Follow, now: datetime) -> bool:
    if not Follow.objects.filter(pk=row.pk, told_at=None).update(told_at=now):
        return False
    messages.send(person_id=row.record.person_id, template="help_how_are_you", now=now)
    text = _("Ask how the two are, {step} they found each other").format(step=STEP_WORDS[row.step])
    Task(record=row.record, text=text, due_on=row.due_on, made_at=now).save(force_insert=True)
    return True


@transaction.atomic
def tell(
    *, person_id: UUID, follow_id: UUID, says: str, why: str = "", stars: int | None = None, now: datetime
) -> Follow:
    """One tap. The matchmaker reads it, the other does not; what both say alike becomes the story of the two."""
    record = own(person_id)
    row = Follow.objects.select_for_update(of=("self",)).filter(pk=follow_id, record=record).first()
    if row is None:
        raise errors.missing()
    known = says in STORIES and why in ("", *WHY_ENDED) and (stars is None or 1 <= stars <= 5)
    rules.check(says=(known, rules.CHOSEN))
    row.says, row.why_ended, row.stars = says, why if says == "ended" else "", stars
    row.answered_at = now
    row.save()
    _agree(row, now)
    return row


def _agree(row: Follow, now: datetime) -> None:
    other = Follow.objects.filter(introduction=row.introduction_id, step=row.step).exclude(pk=row.pk).first()
    if other is not None and other.says == row.says:
        Introduction.objects.filter(pk=row.introduction_id, state="both_yes").update(
            story=row.says, story_at=now, why_ended=row.why_ended or other.why_ended
        )


@transaction.atomic
def note_story(*, actor: Actor, introduction_id: UUID, story: str, why: str = "", now: datetime) -> Introduction:
    """What the matchmaker heard. A wedding and its sweets are the happy end."""
    row = _of_two(actor, introduction_id)
    rules.check(story=(story in STORIES and why in ("", *WHY_ENDED), rules.CHOSEN))
    row.story, row.story_at, row.why_ended = story, now, why if story == "ended" else ""
    row.save(update_fields=["story", "story_at", "why_ended"])
    for record in (row.one, row.other):
        audit.record(
            action="dating.story_noted", actor_id=actor.person_id, subject_id=record.person_id,
            target=("introduction", row.pk), now=now,
        )  # fmt: skip
    return row


def _of_two(actor: Actor, introduction_id: UUID) -> Introduction:
    key = introductions.get(actor, "keep", pk=introduction_id).pk
    row = Introduction.objects.select_for_update(of=("self",)).select_related("one", "other").get(pk=key)
    if row.state != "both_yes":
        raise Conflict(_("These two have not found each other."), next_step=_("Wait until both have answered."))
    return row


@transaction.atomic
def offer_counsel(*, actor: Actor, introduction_id: UUID, who: str, now: datetime) -> Counsel:
    """Offer the couple a counsellor. From here on the counsellor has them; nothing of it comes back here."""
    row = _of_two(actor, introduction_id)
    rules.check(who=(2 <= len(who.strip()) <= 120, _("Who is it, and how are they reached?")))
    offer, new = Counsel.objects.get_or_create(introduction=row, defaults={"offered_at": now, "who": who.strip()})
    for record in (row.one, row.other) if new else ():
        messages.send(person_id=record.person_id, template="help_counsel", now=now)
    return offer


@transaction.atomic
def take_counsel(*, person_id: UUID, introduction_id: UUID, yes: bool, now: datetime) -> Counsel:
    """Accepted when both wish it. Who did not is told to nobody."""
    record = own(person_id)
    offers = Counsel.objects.select_for_update(of=("self",)).select_related("introduction__one", "introduction__other")
    mine = Q(introduction__one=record) | Q(introduction__other=record)
    offer = offers.filter(mine, introduction=introduction_id).first()
    if offer is None:
        raise errors.missing()
    setattr(offer, "one_wants" if offer.introduction.one_id == record.pk else "other_wants", yes)
    before, offer.accepted_at = offer.accepted_at, now if offer.one_wants and offer.other_wants else None
    offer.save()
    if offer.accepted_at and not before:
        _hand_over(offer.introduction, now)
    return offer


def _hand_over(row: Introduction, now: datetime) -> None:
    """Both learn whom to call; the matchmaker, that it is in good hands."""
    for record in (row.one, row.other):
        messages.send(person_id=record.person_id, template="help_counsel_both", now=now)
    if row.made_by_id:
        messages.send(person_id=row.made_by_id, template="help_counsel_taken", now=now)
