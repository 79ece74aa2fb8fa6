"""The doors of the scam guard for the room where people write to each other.

`weigh` before a message is kept, `noted` in the same transaction that keeps it, `warnings_for` when the other side
reads, `opened` when they have read the warning and want the message, `cooling` before somebody begins a new
conversation. Nothing here punishes anybody because of words alone.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import blind_index
from niangjia.engines.workflow import services as workflow
from niangjia.kernel.errors import NotFound
from niangjia.scenes.dating.models import ContactOffer, Profile
from niangjia.scenes.dating.scam import cooling_off
from niangjia.scenes.dating.scam.kernels import risk
from niangjia.scenes.dating.scam.kernels.normalise import plain
from niangjia.scenes.dating.scam.kernels.sounds import syllables
from niangjia.scenes.dating.scam.models import Alarm, File, Script
from niangjia.scenes.dating.scam.types import MARKED_FROM, POLICE, SAME_WITHIN, SCAM, Caution, Cooling, Line, Verdict
from niangjia.scenes.dating.services.reports import union_of

_TOLD: Mapping[str, tuple[object, object]] = {
    "money": (
        _("Careful: this sounds like a swindle about money"),
        _(
            "Whoever speaks of profit or needs money before you have met is very often a swindler, however kind. "
            "Send nothing, open no link, and ask somebody you trust. In doubt call {police}."
        ),
    ),
    "leave": (
        _("Careful: you are being led elsewhere"),
        _("Swindlers soon want to talk where nobody can help. Stay here until you have met. In doubt call {police}."),
    ),
    "": (
        _("Careful: this reads like a story that swindlers tell"),
        _("Take your time, ask for a meeting where there are people, and send no money. In doubt call {police}."),
    ),
}


def weigh(*, pair_id: UUID, sender: Profile, lines: Sequence[Line], now: datetime) -> Verdict:
    """What to make of `lines`, oldest first, whose last is the message about to be sent. Reads only.

    Nothing is asked of the database for the great many messages that are far from any suspicion.
    """
    begin = lines[0].at if lines else now
    said = [risk.Said(line.mine, line.text, line.at - begin) for line in lines]
    first = risk.weigh(said)
    if not first.new or first.score < risk.ASK - risk.same_words():
        return Verdict()
    mark = _mark(lines[-1].text)
    found = risk.weigh(said, risk.Context(contacts_open=_contacts_open(pair_id), same_words=_same(mark, pair_id, now)))
    if found.score < risk.ASK:
        return Verdict()
    level = "warn" if found.score >= risk.WARN else "ask"
    return Verdict(level, found.evidence(), found.stage or "", mark)  # type: ignore[arg-type]  # one of the two


def _mark(text: str) -> bytes:
    """A keyed mark of how a message sounds, empty for what everybody says."""
    said = " ".join(syllables(plain(text).text))
    return blind_index(said, purpose="dating.scam") if said.count(" ") >= MARKED_FROM else b""


def _same(mark: bytes, pair_id: UUID, now: datetime) -> int:
    """In how many conversations the same was said of late, with this one."""
    if not mark:
        return 1
    rows = Script.objects.filter(mark=mark, at__gt=now - SAME_WITHIN).exclude(pair_id=pair_id)
    return 1 + rows.values("pair_id").distinct().count()


def _contacts_open(pair_id: UUID) -> bool:
    """Both offered theirs here: then naming it again says nothing."""
    return ContactOffer.objects.filter(pair_id=pair_id).count() > 1


@transaction.atomic
def noted(
    *, message_id: UUID, pair_id: UUID, sender: Profile, receiver: Profile, verdict: Verdict, now: datetime
) -> None:
    """The message was sent all the same: keep the warning for the receiver, and open or join a case for the staff.

    Called for every verdict but "none", in the transaction that keeps the message; a second time changes nothing.
    """
    if verdict.mark:
        script = Script(sender=sender, pair_id=pair_id, mark=verdict.mark, at=now)
        Script.objects.bulk_create([script], ignore_conflicts=True)
    if verdict.level != "warn":
        return
    Profile.objects.select_for_update(of=("self",)).get(pk=sender.pk)  # two warnings at once make one case
    if Alarm.objects.filter(message=message_id).exists():
        return
    file = _file(sender, now)
    words = "\n".join(verdict.evidence)
    alarm = Alarm(
        message=message_id, pair_id=pair_id, sender=sender, receiver=receiver, file=file, stage=verdict.stage, at=now
    )
    alarm.evidence = words
    alarm.opened_at = now if _trusted(pair_id, receiver) else None
    alarm.save(force_insert=True)
    file.words = "\n".join(dict.fromkeys([*filter(None, file.words.split("\n")), *verdict.evidence]))
    file.save(update_fields=["words"])
    cooling_off.begin_if_due(sender=sender, file=file, mark=verdict.mark, now=now)


def _trusted(pair_id: UUID, receiver: Profile) -> bool:
    """What the receiver last made of a warning about this conversation was that it is fine: theirs to decide."""
    answered = Alarm.objects.filter(pair_id=pair_id, receiver=receiver, at__gte=F("pair__since")).exclude(said="")
    return answered.order_by("-at").values_list("said", flat=True).first() == "fine"


def _file(sender: Profile, now: datetime) -> File:
    """The open case about this sender. Nobody is named as the one who opened it: the guard did."""
    found = File.objects.filter(sender=sender, closed_at=None).first()
    if found:
        return found
    case = workflow.open_case(
        kind=SCAM, org=union_of(sender), about_id=sender.person_id, opened_by_id=None, summary="", now=now
    )
    return File.objects.create(case=case, sender=sender, opened_at=now)


def warnings_for(receiver: Profile, message_ids: Sequence[UUID]) -> Mapping[UUID, Caution]:
    """The warnings that `receiver` reads before these messages: by one query."""
    rows = Alarm.objects.filter(receiver=receiver, message__in=message_ids)
    return {row.message: _caution(row) for row in rows}


def folded(receiver: Profile, message_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these messages whose warning `receiver` has yet to read."""
    rows = Alarm.objects.filter(receiver=receiver, message__in=message_ids, opened_at=None)
    return set(rows.values_list("message", flat=True))


def _caution(row: Alarm) -> Caution:
    title, text = _TOLD.get(row.stage, _TOLD[""])
    return Caution(
        message_id=row.message,
        stage=row.stage,  # type: ignore[arg-type]  # written by `noted`
        evidence=tuple(filter(None, row.evidence.split("\n"))),
        title=str(title),
        text=str(text).format(police=POLICE),
        police=POLICE,
        said=row.said,  # type: ignore[arg-type]  # one of its choices
        folded=row.opened_at is None,
    )


def opened(*, receiver: Profile, message_id: UUID, now: datetime) -> Caution:
    """The receiver has read the warning and wants to read the message. Again is the same."""
    row = Alarm.objects.filter(receiver=receiver, message=message_id).first()
    if row is None:
        raise _unknown()
    if row.opened_at is None:
        row.opened_at = now
        row.save(update_fields=["opened_at"])
    return _caution(row)


def answer(*, receiver: Profile, message_id: UUID, said: str) -> None:
    """What the receiver makes of what they have opened: staff read how many said which, never who."""
    rows = Alarm.objects.filter(receiver=receiver, message=message_id, opened_at__isnull=False)
    if not rows.update(said=said):
        raise _unknown()


def _unknown() -> NotFound:
    return NotFound(_("We could not find this warning."), next_step=_("Please load the page again."))


def cooling(sender: Profile, now: datetime) -> Cooling | None:
    """Whether the sender must wait before writing to somebody for the first time, and why."""
    return cooling_off.of(sender.person_id, now)
