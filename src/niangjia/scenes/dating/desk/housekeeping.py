"""Stations, who works there, rooms, visits, money with four eyes, and brands of matchmakers."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from niangjia.core import rules
from niangjia.core.access import Actor
from niangjia.core.access.models import RoleGrant
from niangjia.core.access.policies import within
from niangjia.core.audit import services as audit
from niangjia.core.orgs.models import Org
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict, Forbidden, Invalid
from niangjia.scenes.dating.desk import errors
from niangjia.scenes.dating.desk.models import (
    Brand,
    BrandMember,
    Budget,
    MeetingRoom,
    Spending,
    Station,
    StationMember,
    Visit,
)
from niangjia.scenes.dating.desk.policies import brands, spendings, stations
from niangjia.scenes.dating.desk.types import LEAD, StationPlan


@transaction.atomic
def open_station(
    *, actor: Actor, org_id: UUID, plan: StationPlan, centre_id: UUID | None = None, now: datetime
) -> Station:
    """A centre, or a branch of one."""
    org = Org.objects.filter(within(actor, LEAD, path="path"), pk=org_id, ended_at=None).first()
    if org is None:
        raise Forbidden(_("You cannot organise for this union."), next_step=_("Choose your own or one below it."))
    centre = stations.get(actor, "lead", pk=centre_id) if centre_id else None
    row = keep(Station(org=org, centre=centre), plan)
    _record("station_opened", actor, row.pk, now)
    return row


def keep(row: Station, plan: StationPlan) -> Station:
    """A new station or a changed one; in one union no two have the same name."""
    rules.check(name=(2 <= len(plan.name) <= 60, _("Please write its name.")))
    for name, value in asdict(plan).items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict(_("There is a station of this name."), next_step=_("Please choose another name.")) from error
    return row


@transaction.atomic
def add_member(*, actor: Actor, station_id: UUID, person_id: UUID, shown_as: str, now: datetime) -> StationMember:
    """Somebody with a role reaching this station works there, under the name by which people know them."""
    station = stations.get(actor, "lead", pk=station_id)
    paths = RoleGrant.objects.filter(person_id=person_id, ended_at=None).values_list("org__path", flat=True)
    if not any(station.org.path.startswith(path) for path in paths):
        raise Invalid(_("They have no role here."), fields={"person": _("Give them the role of a matchmaker first.")})
    if not 1 <= len(shown_as.strip()) <= 20:
        raise Invalid(_("Please check this."), fields={"shown_as": _("Please write a name.")})
    row, _new = StationMember.objects.update_or_create(
        station=station, person_id=person_id, defaults={"shown_as": shown_as.strip()}
    )
    _record("station_staffed", actor, station.pk, now)
    return row


@transaction.atomic
def add_room(*, actor: Actor, station_id: UUID, name: str) -> MeetingRoom:
    station = stations.get(actor, "lead", pk=station_id)
    if not 1 <= len(name.strip()) <= 40:
        raise Invalid(_("Please check this."), fields={"name": _("Please write a name.")})
    return MeetingRoom.objects.create(station=station, name=name.strip())


@transaction.atomic
def count_visit(*, actor: Actor, station_id: UUID, now: datetime) -> Visit:
    """Somebody came in. No name, no face."""
    station = stations.get(actor, "register", pk=station_id)
    return Visit.objects.create(station=station, day=clock.today(now))


@transaction.atomic
def set_budget(*, actor: Actor, station_id: UUID, year: int, fen: int, now: datetime) -> Budget:
    station = stations.get(actor, "lead", pk=station_id)
    if fen < 0 or not 2020 <= year <= 2100:
        raise Invalid(_("Please check this."), fields={"fen": _("Please write a number.")})
    try:
        with transaction.atomic():
            row, _new = Budget.objects.update_or_create(station=station, year=year, defaults={"fen": fen})
    except IntegrityError as error:
        raise errors.OverBudget from error
    _record("budget_set", actor, station.pk, now)
    return row


@transaction.atomic
def propose_spending(*, actor: Actor, station_id: UUID, year: int, what: str, fen: int, now: datetime) -> Spending:
    station = stations.get(actor, "lead", pk=station_id)
    budget = Budget.objects.filter(station=station, year=year).first()
    if budget is None:
        raise Invalid(_("There is no budget for this year yet."), fields={"year": _("Set the budget first.")})
    if fen <= 0 or not 2 <= len(what.strip()) <= 120:
        raise Invalid(_("Please check this."), fields={"what": _("What for, and how much?")})
    assert actor.person_id is not None  # the policy let them in
    return Spending.objects.create(
        budget=budget, what=what.strip(), fen=fen, proposed_by_id=actor.person_id, proposed_at=now, state="proposed"
    )


@transaction.atomic
def decide_spending(*, actor: Actor, spending_id: UUID, agree: bool, now: datetime) -> Spending:
    """By another person; the budget is charged in the same transaction, and never beyond what there is."""
    row = spendings.get(actor, "decide", pk=spending_id)
    if row.proposed_by_id == actor.person_id:
        raise errors.TwoPeople
    state = "agreed" if agree else "refused"
    changed = Spending.objects.filter(pk=row.pk, state="proposed").update(
        state=state, decided_by=actor.person_id, decided_at=now
    )
    if not changed:
        raise Conflict(_("Somebody has done this already."), next_step=_("Have a look at the list."))
    if agree:
        enough = Budget.objects.filter(pk=row.budget_id, spent__lte=F("fen") - row.fen)
        if not enough.update(spent=F("spent") + row.fen):
            raise errors.OverBudget
    _record(f"spending_{state}", actor, row.pk, now)
    return Spending.objects.get(pk=row.pk)


@transaction.atomic
def write_brand(
    *,
    actor: Actor,
    org_id: UUID | None,
    name: str,
    story: str,
    members: Sequence[UUID] = (),
    brand_id: UUID | None = None,
    now: datetime,
) -> Brand:
    """A name, a story, and which matchmakers. `members` are people of stations here, as they are known there."""
    row = brands.get(actor, "lead", pk=brand_id) if brand_id else None
    if row is None:
        org = Org.objects.filter(within(actor, LEAD, path="path"), pk=org_id, ended_at=None).first()
        if org is None:
            raise Forbidden(_("You cannot organise for this union."), next_step=_("Choose your own or one below it."))
        row = Brand(org=org)
    if not 2 <= len(name.strip()) <= 40 or not 2 <= len(story.strip()) <= 2000:
        raise Invalid(_("A few things need another look."), fields={"name": _("A name and a story are needed.")})
    row.name, row.story = name.strip(), story.strip()
    row.save()
    row.members.all().delete()
    here = StationMember.objects.filter(pk__in=members, station__in=stations.which(actor, "lead"))
    BrandMember.objects.bulk_create(BrandMember(brand=row, member=member) for member in here.order_by("pk"))
    _record("brand_written", actor, row.pk, now)
    return row


@transaction.atomic
def publish_brand(*, actor: Actor, brand_id: UUID, shown: bool, now: datetime) -> Brand:
    row = brands.get(actor, "lead", pk=brand_id)
    row.published_at = now if shown else None
    row.save(update_fields=["published_at"])
    _record("brand_published", actor, row.pk, now)
    return row


def _record(what: str, actor: Actor, key: UUID, now: datetime) -> None:
    audit.record(action=f"dating.{what}", actor_id=actor.person_id, subject_id=None, target=("desk", key), now=now)
