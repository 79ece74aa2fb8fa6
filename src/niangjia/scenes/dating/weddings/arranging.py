"""The union's side: writing a wedding down, publishing it, seeing certificates, giving places, publishing the list."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from niangjia.core import rules
from niangjia.core.access import Actor
from niangjia.core.access.policies import within
from niangjia.core.attestations.selectors import holds
from niangjia.core.audit import services as audit
from niangjia.core.messages import services as messages
from niangjia.core.orgs.models import Org
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict, Forbidden, Invalid
from niangjia.scenes.dating.weddings import errors
from niangjia.scenes.dating.weddings.models import Couple, Wedding
from niangjia.scenes.dating.weddings.policies import couples, weddings
from niangjia.scenes.dating.weddings.types import ARRANGE, MOST_PLACES, Plan


@transaction.atomic
def draft(*, actor: Actor, org_id: UUID, plan: Plan, now: datetime) -> Wedding:
    org = Org.objects.filter(within(actor, ARRANGE, path="path"), pk=org_id, ended_at=None).first()
    if org is None:
        raise Forbidden(_("You cannot organise for this union."), next_step=_("Choose your own or one below it."))
    _check(plan, taken=0)
    wedding = Wedding(org=org, made_by_id=actor.person_id, **asdict(plan))
    wedding.save(force_insert=True)
    _record("wedding_drafted", actor, wedding, now)
    return wedding


@transaction.atomic
def change(*, actor: Actor, wedding_id: UUID, plan: Plan, now: datetime) -> Wedding:
    wedding = _locked(actor, wedding_id)
    _check(plan, taken=wedding.taken)
    for name, value in asdict(plan).items():
        setattr(wedding, name, value)
    wedding.save(update_fields=list(asdict(plan)))
    _record("wedding_changed", actor, wedding, now)
    return wedding


def _check(plan: Plan, *, taken: int) -> None:
    rules.check(
        title=rules.written(plan.title, 2, 60),
        place=rules.written(plan.place, 2, 120),
        places=rules.within(plan.places, max(1, taken), MOST_PLACES),
        apply_until=(plan.apply_until <= plan.held_at, _("Not later than the wedding itself.")),
    )


@transaction.atomic
def publish(*, actor: Actor, wedding_id: UUID, now: datetime) -> Wedding:
    wedding = _locked(actor, wedding_id)
    if wedding.state != "draft":
        raise Conflict(_("It is published already."), next_step=_("Have a look at its page."))
    wedding.state = "published"
    wedding.save(update_fields=["state"])
    _record("wedding_published", actor, wedding, now)
    return wedding


@transaction.atomic
def cancel(*, actor: Actor, wedding_id: UUID, now: datetime) -> Wedding:
    """Every couple is told."""
    wedding = _locked(actor, wedding_id)
    if wedding.state == "cancelled" or wedding.held_at <= now:
        raise Conflict(_("It is over already."), next_step=_("Have a look at its page."))
    wedding.state, wedding.list_published_at = "cancelled", None
    wedding.save(update_fields=["state", "list_published_at"])
    _tell(wedding, "wedding_cancelled", now)
    _record("wedding_cancelled", actor, wedding, now)
    return wedding


@transaction.atomic
def look_at_names(*, actor: Actor, wedding_id: UUID, now: datetime) -> None:
    """Somebody at the desk reads who the couples are; each of them can read that they did."""
    row = weddings.get(actor, "arrange", pk=wedding_id)
    for couple in couples.which(actor, "arrange").filter(wedding=row).order_by("pk"):
        _seen_of(couple, "wedding_names_seen", actor, now)


@transaction.atomic
def saw_certificate(*, actor: Actor, couple_id: UUID, married_on: date, now: datetime) -> Couple:
    """The officer held the certificate in hand. Its day is written down; no picture, no number."""
    couple = _couple(actor, couple_id)
    if married_on > clock.today(now):
        raise Invalid(_("This day is still to come."), fields={"married_on": _("Please check this.")})
    couple.married_on, couple.seen_by_id, couple.seen_at = married_on, actor.person_id, now
    couple.save(update_fields=["married_on", "seen_by", "seen_at"])
    _seen_of(couple, "wedding_certificate_seen", actor, now)
    return couple


@transaction.atomic
def confirm(*, actor: Actor, couple_id: UUID, now: datetime) -> Couple:
    """A place for these two, counted in the same statement that looks whether there is one."""
    couple = _couple(actor, couple_id)
    if couple.confirmed_at is not None:
        return couple
    if couple.seen_at is None:
        raise errors.NotSeen
    if not both_real(couple, now):
        raise errors.NotVerified
    take_place(couple.wedding_id)
    couple.confirmed_at, couple.confirmed_by_id = now, actor.person_id
    couple.save(update_fields=["confirmed_at", "confirmed_by"])
    for person_id in _people(couple):
        messages.send(person_id=person_id, template="wedding_place", params={"title": couple.wedding.title}, now=now)
    return couple


def take_place(wedding_id: UUID) -> None:
    """Raise Full when there is none left."""
    open_ones = Wedding.objects.filter(pk=wedding_id, state="published", taken__lt=F("places"))
    if not open_ones.update(taken=F("taken") + 1):
        raise errors.Full


def both_real(couple: Couple, now: datetime) -> bool:
    people = [couple.one_id, couple.other_id]
    return all(key is not None and holds(person_id=key, kind="real_person", now=now) for key in people)


@transaction.atomic
def publish_list(*, actor: Actor, wedding_id: UUID, now: datetime) -> Wedding:
    """Everybody may read it; only those stand on it who both agreed, each as they chose."""
    wedding = _locked(actor, wedding_id)
    wedding.list_published_at = now
    wedding.save(update_fields=["list_published_at"])
    _record("wedding_list_published", actor, wedding, now)
    return wedding


def _tell(wedding: Wedding, template: str, now: datetime) -> None:
    people = {key for couple in wedding.couples.all() for key in (couple.one_id, couple.other_id) if key}
    messages.send_many(person_ids=sorted(people), template=template, params={"title": wedding.title}, now=now)


def _people(couple: Couple) -> list[UUID]:
    return sorted(key for key in (couple.one_id, couple.other_id) if key)


def _locked(actor: Actor, wedding_id: UUID) -> Wedding:
    return Wedding.objects.select_for_update().get(pk=weddings.get(actor, "arrange", pk=wedding_id).pk)


def _couple(actor: Actor, couple_id: UUID) -> Couple:
    found = couples.get(actor, "arrange", pk=couple_id)
    return Couple.objects.select_for_update(of=("self",)).select_related("wedding").get(pk=found.pk)


def _seen_of(couple: Couple, what: str, actor: Actor, now: datetime) -> None:
    for person_id in _people(couple):
        audit.record(
            action=f"dating.{what}",
            actor_id=actor.person_id,
            subject_id=person_id,
            target=("couple", couple.pk),
            now=now,
        )


def _record(what: str, actor: Actor, wedding: Wedding, now: datetime) -> None:
    audit.record(
        action=f"dating.{what}", actor_id=actor.person_id, subject_id=None, target=("wedding", wedding.pk), now=now
    )
