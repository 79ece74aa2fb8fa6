"""Going on the list, and off it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.consent import services as consent
from niangjia.kernel.errors import Conflict, Invalid
from niangjia.scenes.dating import guard
from niangjia.scenes.dating.selectors.people import member, own
from niangjia.scenes.dating.weekly import errors
from niangjia.scenes.dating.weekly.models import Entry, Line
from niangjia.scenes.dating.weekly.types import LISTED, PUBLIC, WORDS, Words


@transaction.atomic
def put(*, person_id: UUID, words: Words, now: datetime) -> Entry:
    """On the next list of one's district, with these words. What was looked through for this week stays as it was."""
    me = member(person_id, now)
    if not me.district:
        raise Conflict(
            _("The list goes by districts, and you have not told us yours."),
            code="district_needed",
            next_step=_("Choose your district in your profile first."),
        )
    consent.require(person_id=person_id, purpose=LISTED)
    if words.public:
        consent.require(person_id=person_id, purpose=PUBLIC)
    else:
        consent.withdraw(person_id=person_id, purpose=PUBLIC, now=now)
    _check(words)
    given = {"says": words.says, "wishes": words.wishes, "with_photo": words.with_photo}
    row, _new = Entry.objects.update_or_create(profile=me, defaults=given)
    if not words.with_photo:
        Line.objects.filter(profile=me).update(photo=None)
    return row


def _check(words: Words) -> None:
    texts = {"says": words.says, "wishes": words.wishes}
    hint = _("Up to {n} characters, please.").format(n=WORDS)
    wrong: dict[str, object] = {name: hint for name, text in texts.items() if len(text) > WORDS}
    if not words.says:
        wrong["says"] = _("One line about yourself, please.")
    if wrong:
        raise Invalid(_("A few things need another look."), fields=wrong)
    guard.check(texts)


@transaction.atomic
def leave(*, person_id: UUID, now: datetime) -> None:
    """Off every list, now. Taking the consent back anywhere else does the same."""
    consent.withdraw(person_id=person_id, purpose=LISTED, now=now)
    consent.withdraw(person_id=person_id, purpose=PUBLIC, now=now)
    gone(person_id)


def gone(person_id: UUID) -> None:
    """With the line go all who asked about it."""
    Line.objects.filter(profile__person_id=person_id).delete()
    Entry.objects.filter(profile__person_id=person_id).delete()


@transaction.atomic
def object_to(*, person_id: UUID, text: str, now: datetime) -> None:
    """Taken out, and not of that opinion: another person looks again."""
    me = own(person_id)
    line = Line.objects.select_for_update().filter(profile=me, out_at__isnull=False, objected_at=None)
    row = line.order_by("-list__monday").first()
    if row is None:
        raise errors.missing()
    row.objection, row.objected_at = text.strip()[:400], now
    row.save(update_fields=["objection", "objected_at"])
