"""Going on the list, and off it."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.consent import services as consent
from niangjia.kernel.errors import Conflict, Invalid
from niangjia.scenes.dating import guard
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.selectors.people import member, own
from niangjia.scenes.dating.services import holding
from niangjia.scenes.dating.services.holding import Home
from niangjia.scenes.dating.weekly import errors
from niangjia.scenes.dating.weekly.models import Entry, Line
from niangjia.scenes.dating.weekly.types import HELD, LISTED, PUBLIC, WORDS, Words


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
    row = _keep(Profile.objects.select_for_update(of=("self",)).get(pk=me.pk), words, now)
    if not words.with_photo:
        Line.objects.filter(profile=me).update(photo=None)
    return row


def _keep(me: Profile, words: Words, now: datetime) -> Entry:
    """Words that lead elsewhere are held: what stood there before stays, and who has said nothing is on no list."""
    texts = {"says": words.says, "wishes": words.wishes}
    marked = guard.found(texts)
    given = {name: text for name, text in texts.items() if name not in marked}
    row, _new = Entry.objects.update_or_create(profile=me, defaults={**given, "with_photo": words.with_photo})
    held = {HELD[name]: pieces for name, pieces in marked.items()}
    holding.written(me, {HELD[name]: text for name, text in texts.items()}, held, now)
    return row


def _write(name: str, profile: Profile, text: str) -> None:
    row = Entry.objects.filter(profile=profile).first()
    if row is not None:
        setattr(row, name, text)
        row.save(update_fields=[name])


def _read(name: str, profile: Profile) -> str:
    row = Entry.objects.filter(profile=profile).first()
    return getattr(row, name) if row else ""


holding.HOMES.update(
    {
        HELD[name]: Home(title, partial(_read, name), partial(_write, name), "dating_list_text")
        for name, title in (("says", _("Weekly list: about me")), ("wishes", _("Weekly list: whom I hope to meet")))
    }
)


def _check(words: Words) -> None:
    texts = {"says": words.says, "wishes": words.wishes}
    hint = _("Up to {n} characters, please.").format(n=WORDS)
    wrong: dict[str, object] = {name: hint for name, text in texts.items() if len(text) > WORDS}
    if not words.says:
        wrong["says"] = _("One line about yourself, please.")
    if wrong:
        raise Invalid(_("A few things need another look."), fields=wrong)


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
    me = Profile.objects.filter(person_id=person_id).first()
    if me is not None:
        holding.forget(me, HELD.values())


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
