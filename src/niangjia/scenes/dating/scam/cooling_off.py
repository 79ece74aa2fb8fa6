"""A pause before new conversations: short by itself, longer when a person has confirmed it, always with an appeal.

It begins by what somebody does, not by a word: the same story of money sent in several conversations, although the
guard asked each time whether they meant it. What they have goes on; only beginning anew must wait.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core.messages import services as messages
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.kernel.errors import Invalid, NotFound
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.scam.models import Alarm, CoolingOff, File, Script
from niangjia.scenes.dating.scam.types import COOLS, COOLS_MOST, SAME_IN, SAME_WITHIN, Cooling

REASON: Final = _("The same words about money or about leaving went out in several conversations.")
REMEDY: Final = _(
    "It ends by itself at the time given; conversations you have go on. If it is a mistake, write one sentence: "
    "a person reads it and decides."
)


def begin_if_due(*, sender: Profile, file: File, mark: bytes, now: datetime) -> CoolingOff | None:
    """Once for each case: whoever waited already does not wait again for the same."""
    if CoolingOff.objects.filter(file=file).exists() or _conversations(sender, mark, now) < SAME_IN:
        return None
    row = CoolingOff(person_id=sender.person_id, file=file, made_at=now, until=now + COOLS)
    row.reason = str(REASON)
    row.save(force_insert=True)
    _tell(row, "dating_scam_cooling", now)
    return row


def _conversations(sender: Profile, mark: bytes, now: datetime) -> int:
    """In how many the same was sent, or other words of money that were warned of."""
    late = now - SAME_WITHIN
    same = Script.objects.filter(sender=sender, mark=mark, at__gt=late) if mark else Script.objects.none()
    warned = Alarm.objects.filter(sender=sender, stage="money", at__gt=late)
    pairs = set(warned.values_list("pair_id", flat=True))
    return max(same.values("pair_id").distinct().count(), len(pairs))


def of(person_id: UUID, now: datetime) -> Cooling | None:
    row = _held(now).filter(person_id=person_id).order_by("-until").first()
    return Cooling(row.until, row.reason, str(REMEDY), row.receipt) if row else None


def _held(now: datetime) -> QuerySet[CoolingOff]:
    return CoolingOff.objects.filter(until__gt=now, lifted_at=None)


def confirm(*, file: File, by_id: UUID | None, reason: str, until: datetime, now: datetime) -> CoolingOff:
    """A person decided that it lasts until then, and why."""
    if not now < until <= now + COOLS_MOST:
        raise Invalid(_("Please choose a day within a month."), fields={"until": _("Please check this.")})
    person_id = file.case.about_id
    if person_id is None:
        raise NotFound(_("This person is no longer with us."), next_step=_("Close the case without a measure."))
    row = CoolingOff.objects.filter(file=file).first() or CoolingOff(file=file, person_id=person_id, made_at=now)
    row.reason, row.until, row.confirmed, row.confirmed_by_id, row.lifted_at = reason, until, True, by_id, None
    row.save()
    _tell(row, "dating_scam_cooling", now)
    return row


def lift(*, file: File, now: datetime) -> None:
    """It was not so: it ends at once, and they are told."""
    row = _held(now).filter(file=file).first()
    if row:
        row.lifted_at = now
        row.save(update_fields=["lifted_at"])
        _tell(row, "dating_scam_lifted", now)


def appeal(*, person_id: UUID, receipt: str, text: str, now: datetime) -> Case:
    """Say that it is a mistake. Before anybody decided, the case itself shows it; after, another person looks again."""
    mine = Q(person_id=person_id, receipt=receipt)
    row = CoolingOff.objects.filter(mine).select_related("file__case").first()
    if row is None:
        raise NotFound(_("We could not find that receipt."), next_step=_("Please look at it again."))
    if not text.strip():
        raise Invalid(_("Please tell us what was not right."), fields={"text": _("Please fill this in.")})
    if row.file.case.closed_at:
        return workflow.appeal(case=row.file.case, by_id=person_id, text=text, now=now)
    row.file.objection = text.strip()
    row.file.save(update_fields=["objection"])
    return row.file.case


def _tell(row: CoolingOff, template: str, now: datetime) -> None:
    messages.send(person_id=row.person_id, template=template, params={"receipt": row.receipt}, now=now)
