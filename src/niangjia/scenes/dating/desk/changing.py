"""A station changes: its address and hours, who works there, and in the end that it closes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.audit import services as audit
from niangjia.kernel.errors import Conflict, Invalid
from niangjia.scenes.dating.desk import errors
from niangjia.scenes.dating.desk.housekeeping import keep
from niangjia.scenes.dating.desk.models import Asking, Meeting, Record, Station, StationMember
from niangjia.scenes.dating.desk.policies import stations
from niangjia.scenes.dating.desk.types import StationPlan


@transaction.atomic
def change_station(*, actor: Actor, station_id: UUID, plan: StationPlan, now: datetime) -> Station:
    row = keep(stations.get(actor, "lead", pk=station_id), plan)
    _record("station_changed", actor, row, now)
    return row


@transaction.atomic
def take_off(*, actor: Actor, station_id: UUID, member_id: UUID, now: datetime) -> None:
    """They work there no more: no brand names them, and nobody turns to them. What they wrote stays."""
    row = stations.get(actor, "lead", pk=station_id)
    member = StationMember.objects.filter(station=row, pk=member_id).first()
    if member is None:
        raise errors.missing()
    Record.objects.filter(station=row, matchmaker=member.person_id).update(matchmaker=None)
    member.delete()
    _record("station_unstaffed", actor, row, now)


@transaction.atomic
def close(*, actor: Actor, station_id: UUID, into_id: UUID | None, now: datetime) -> Station:
    """For good. Those who ask for help there go on at another station; its past stays where it is counted."""
    row = stations.get(actor, "lead", pk=station_id)
    row = Station.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.branches.filter(closed_at=None).exists():
        raise Conflict(_("It has branch stations."), next_step=_("Close them first."))
    if Meeting.objects.filter(room__station=row, state__in=("proposed", "agreed"), ends_at__gt=now).exists():
        raise errors.StillInUse
    _move(actor, row, into_id)
    row.closed_at = now
    row.save(update_fields=["closed_at"])
    row.members.all().delete()
    _record("station_closed", actor, row, now)
    return row


def _move(actor: Actor, row: Station, into_id: UUID | None) -> None:
    """Records, and what still waits for somebody's own word, to a station that I lead too."""
    records, askings = Record.objects.filter(station=row), Asking.objects.filter(station=row)
    if not records.exists() and not askings.exists():
        return
    if into_id is None or into_id == row.pk:
        raise Invalid(
            _("People ask for help there."), fields={"into": _("Which station looks after them from now on?")}
        )
    into = stations.get(actor, "lead", pk=into_id)
    records.update(station=into, matchmaker=None)
    askings.update(station=into)


def _record(what: str, actor: Actor, row: Station, now: datetime) -> None:
    audit.record(action=f"dating.{what}", actor_id=actor.person_id, subject_id=None, target=("desk", row.pk), now=now)
