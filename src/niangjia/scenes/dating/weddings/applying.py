"""The couple's side: one applies, the other says yes on their own phone; both may leave at any time."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts import limits
from niangjia.core.accounts.codes import checked_phone, phone_index
from niangjia.core.accounts.limits import Limit
from niangjia.core.accounts.models import Person
from niangjia.core.attestations.selectors import holds
from niangjia.core.messages import services as messages
from niangjia.kernel.errors import Conflict, Invalid
from niangjia.scenes.dating.weddings import errors
from niangjia.scenes.dating.weddings.models import Couple, Wedding
from niangjia.scenes.dating.weddings.types import NAMES, PARTNER_WITHIN

_ASKS = (Limit("wedding-asks", 5, 86400),)  # nobody's phone is rung again and again
_ASKED = (Limit("wedding-asked", 3, 86400),)


def apply(*, person_id: UUID, wedding_id: UUID, partner_phone: str, now: datetime) -> Couple:
    """Ask for a place for two. The other is told that something waits, not what or from whom. Asking twice is once."""
    number = checked_phone(partner_phone)
    limits.take_all([(_ASKS, str(person_id)), (_ASKED, number)], now=now)
    return _apply(person_id, wedding_id, number, now)


@transaction.atomic
def _apply(person_id: UUID, wedding_id: UUID, number: str, now: datetime) -> Couple:
    wedding = open_one(wedding_id, now)
    me = Person.objects.get(pk=person_id)
    _must_be_real(me, now)
    index = phone_index(number)
    if me.phone_index is not None and bytes(me.phone_index) == index:
        hint = _("Please write the number of the one you marry.")
        raise Invalid(hint, fields={"partner_phone": hint})
    _one_at_a_time(wedding.pk)
    mine = Couple.objects.filter(_of(person_id), wedding=wedding).first()
    if mine is not None:
        return mine
    couple = Couple(wedding=wedding, one=me, partner_phone=number, partner_index=index, asked_at=now)
    couple.save(force_insert=True)
    _ask(number, index, now)
    return couple


def _ask(number: str, index: bytes, now: datetime) -> None:
    partner = Person.objects.filter(phone_index=index, closed_at=None).first()
    if partner is not None:
        messages.send(person_id=partner.pk, template="wedding_asked", now=now)
    messages.send_sms(phone=number, template="wedding_asked", params={}, now=now)


@transaction.atomic
def join(*, person_id: UUID, couple_id: UUID, yes: bool, now: datetime) -> Couple | None:
    """The partner's own word, from the phone with that number. A no deletes the application."""
    couple = (
        asked_of(Person.objects.get(pk=person_id), now).filter(pk=couple_id).select_for_update(of=("self",)).first()
    )
    if couple is None:
        raise errors.missing()
    if not yes:
        couple.delete()
        return None
    open_one(couple.wedding_id, now)
    _must_be_real(Person.objects.get(pk=person_id), now)
    _one_at_a_time(couple.wedding_id)
    if Couple.objects.filter(_of(person_id), wedding_id=couple.wedding_id).exclude(pk=couple.pk).exists():
        raise _twice()
    couple.other_id, couple.joined_at, couple.partner_phone, couple.partner_index = person_id, now, "", None
    try:
        with transaction.atomic():
            couple.save()
    except IntegrityError as error:
        raise _twice() from error
    messages.send(person_id=couple.one_id, template="wedding_joined", now=now)
    return couple


def _must_be_real(person: Person, now: datetime) -> None:
    if not holds(person_id=person.pk, kind="real_person", now=now):
        raise errors.NotVerified


def _twice() -> Conflict:
    return Conflict(_("You are in another application for this wedding."), next_step=_("Take that one back first."))


@transaction.atomic
def show(*, person_id: UUID, couple_id: UUID, how: str, now: datetime) -> Couple:
    """How I stand on the published list; "" takes the consent back, also after it was published."""
    if how and how not in NAMES:
        raise Invalid(_("Please check this."), fields={"how": _("Please choose one.")})
    couple = mine_locked(person_id, couple_id)
    side = "one_shows" if couple.one_id == person_id else "other_shows"
    setattr(couple, side, how)
    couple.save(update_fields=[side])
    return couple


@transaction.atomic
def leave(*, person_id: UUID, couple_id: UUID, now: datetime) -> None:
    """Either of the two; the place goes back."""
    drop(mine_locked(person_id, couple_id), by_id=person_id, now=now)


def drop(couple: Couple, *, by_id: UUID, now: datetime) -> None:
    """In the caller's transaction; the one who did not do it is told."""
    if couple.confirmed_at is not None:
        Wedding.objects.filter(pk=couple.wedding_id, taken__gt=0).update(taken=F("taken") - 1)
    other = couple.other_id if couple.one_id == by_id else couple.one_id
    if other is not None and couple.other_id is not None:
        messages.send(person_id=other, template="wedding_left", now=now)
    couple.delete()


def open_one(wedding_id: UUID, now: datetime) -> Wedding:
    wedding = Wedding.objects.filter(pk=wedding_id, state="published").first()
    if wedding is None:
        raise errors.missing()
    if wedding.apply_until <= now:
        raise errors.ApplyingIsOver
    return wedding


def _of(person_id: UUID) -> Q:
    return Q(one_id=person_id) | Q(other_id=person_id)


def mine_locked(person_id: UUID, couple_id: UUID) -> Couple:
    found = Couple.objects.filter(_of(person_id), pk=couple_id).select_for_update(of=("self",)).first()
    if found is None:
        raise errors.missing()
    return found


def asked_of(person: Person, now: datetime) -> QuerySet[Couple]:
    """Applications that wait for the owner of this phone."""
    if person.phone_index is None:
        return Couple.objects.none()
    waiting = Couple.objects.filter(
        other=None, partner_index=bytes(person.phone_index), asked_at__gt=now - PARTNER_WITHIN
    )
    return waiting.filter(wedding__state="published").exclude(one=person).select_related("wedding")


def asks(person_id: UUID, now: datetime) -> bool:
    """Whether an application waits for this person; one query, for the home page."""
    phone = Person.objects.filter(pk=person_id, phone_index__isnull=False).values("phone_index")
    waiting = Couple.objects.filter(other=None, partner_index__in=phone, asked_at__gt=now - PARTNER_WITHIN)
    return waiting.filter(wedding__state="published").exclude(one=person_id).exists()


def _one_at_a_time(wedding_id: UUID) -> None:
    """One stands in one couple, as the applicant or as the partner: two columns, so a lock and not an index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [str(wedding_id)])


def forget_unanswered(*, now: datetime) -> int:
    """Applications that the partner never answered, with the number in them."""
    return Couple.objects.filter(other=None, asked_at__lte=now - PARTNER_WITHIN).delete()[0]
