"""A wedding proven by both on their own phones and by a certificate that somebody saw; and the reward for it.

2,000 yuan, once for each couple, ever. Who proposes it does not decide it, who decides it does not pay it, and whoever
gets the money does none of the three. The database refuses anything else.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.audit import services as audit
from niangjia.core.crypto import blind_index
from niangjia.core.messages import services as messages
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict, Invalid
from niangjia.scenes.dating.desk import errors
from niangjia.scenes.dating.desk.keeping import own
from niangjia.scenes.dating.desk.models import Introduction, Marriage, Record, Reward
from niangjia.scenes.dating.desk.policies import introductions, rewards


@transaction.atomic
def say_married(*, person_id: UUID, introduction_id: UUID, married_on: date, now: datetime) -> Marriage:
    """We married! The other confirms the same day on their own phone."""
    record = own(person_id)
    mine = Q(one=record) | Q(other=record)
    pair = (
        Introduction.objects.select_for_update(of=("self",)).filter(mine, pk=introduction_id, state="both_yes").first()
    )
    if pair is None:
        raise errors.missing()
    if not clock.today(pair.made_at) <= married_on <= clock.today(now):
        hint = _("Please check the day.")
        raise Invalid(hint, fields={"married_on": hint})
    row, new = Marriage.objects.get_or_create(introduction=pair, defaults={"married_on": married_on})
    if not new and row.married_on != married_on:
        if row.seen_at is not None:
            raise errors.Over
        row.married_on, row.one_said_at, row.other_said_at = married_on, None, None
    setattr(row, "one_said_at" if pair.one_id == record.pk else "other_said_at", now)
    row.save()
    _happy(pair, row, record, now)
    return row


def _happy(pair: Introduction, row: Marriage, me: Record, now: datetime) -> None:
    if row.one_said_at and row.other_said_at:
        if pair.story != "sweets":
            Introduction.objects.filter(pk=pair.pk).update(story="registered", story_at=now, why_ended="")
        if pair.made_by_id:
            messages.send(person_id=pair.made_by_id, template="help_married", now=now)
        return
    other = pair.other if pair.one_id == me.pk else pair.one
    messages.send(person_id=other.person_id, template="help_confirm_wedding", now=now)


@transaction.atomic
def saw_certificate(*, actor: Actor, introduction_id: UUID, now: datetime) -> Marriage:
    """Held in hand and given back. No picture of it is taken, no number written down."""
    pair = introductions.get(actor, "keep", pk=introduction_id)
    row = Marriage.objects.select_for_update().filter(introduction=pair).first()
    if row is None or not (row.one_said_at and row.other_said_at):
        raise errors.NotProven
    if row.seen_at is None:
        row.seen_by_id, row.seen_at = actor.person_id, now
        row.save(update_fields=["seen_by", "seen_at"])
    return row


@transaction.atomic
def propose(*, actor: Actor, introduction_id: UUID, now: datetime) -> Reward:
    """For the matchmaker who introduced the two, by a colleague."""
    pair = introductions.get(actor, "keep", pk=introduction_id)
    pair = Introduction.objects.select_related("one__person", "other__person", "station").get(pk=pair.pk)
    proof = Marriage.objects.filter(introduction=pair).first()
    if proof is None or not (proof.one_said_at and proof.other_said_at and proof.seen_at) or pair.made_by_id is None:
        raise errors.NotProven
    if actor.person_id is None or pair.made_by_id == actor.person_id:
        raise errors.TwoPeople
    row = Reward(
        station=pair.station,
        introduction=pair,
        couple_mark=mark_of(pair),
        beneficiary_id=pair.made_by_id,
        proposed_by_id=actor.person_id,
        proposed_at=now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise errors.RewardedBefore from error
    _record("reward_proposed", actor, row, now)
    return row


def mark_of(pair: Introduction) -> bytes:
    """The same two, whichever introduction and whichever account: from their verified identities, never readable."""
    marks = [bytes(record.person.id_index).hex() if record.person.id_index else "" for record in (pair.one, pair.other)]
    if not all(marks):
        raise errors.NotProven
    return blind_index(":".join(sorted(marks)), purpose="dating.couple")


@transaction.atomic
def decide(*, actor: Actor, reward_id: UUID, agree: bool, reason: str = "", now: datetime) -> Reward:
    """The second pair of eyes. Decided once."""
    row = rewards.get(actor, "decide", pk=reward_id)
    if actor.person_id in (row.proposed_by_id, row.beneficiary_id):
        raise errors.TwoPeople
    if not agree and not reason.strip():
        raise Invalid(_("Please say why."), fields={"reason": _("Please say why.")})
    state = "payable" if agree else "refused"
    changed = Reward.objects.filter(pk=row.pk, state="proposed").update(
        state=state, decided_by=actor.person_id, decided_at=now, reason=reason.strip()[:200]
    )
    if not changed:
        raise _decided()
    _record(f"reward_{state}", actor, row, now)
    messages.send(
        person_id=row.proposed_by_id, template=f"help_reward_{state}", params={"receipt": row.receipt}, now=now
    )
    return Reward.objects.get(pk=row.pk)


@transaction.atomic
def pay(*, actor: Actor, reward_id: UUID, now: datetime) -> Reward:
    """Written down by whoever handed the money over; paid once."""
    row = rewards.get(actor, "decide", pk=reward_id)
    if actor.person_id in (row.decided_by_id, row.beneficiary_id):
        raise errors.TwoPeople
    if not Reward.objects.filter(pk=row.pk, state="payable").update(state="paid", paid_by=actor.person_id, paid_at=now):
        raise _decided()
    _record("reward_paid", actor, row, now)
    messages.send(person_id=row.beneficiary_id, template="help_reward_paid", params={"receipt": row.receipt}, now=now)
    return Reward.objects.get(pk=row.pk)


def _decided() -> Conflict:
    return Conflict(_("Somebody has done this already."), next_step=_("Have a look at the list."))


def _record(what: str, actor: Actor, row: Reward, now: datetime) -> None:
    audit.record(
        action=f"dating.{what}",
        actor_id=actor.person_id,
        subject_id=row.beneficiary_id,
        target=("reward", row.pk),
        now=now,
    )
