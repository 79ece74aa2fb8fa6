"""Choosing in secret. Whatever is chosen stands in one sealed value of the chooser's own row, and nowhere else."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from niangjia.core import prepared
from niangjia.scenes.dating.events import errors, sealing
from niangjia.scenes.dating.events.entering import database_now
from niangjia.scenes.dating.events.sealing import Choice
from niangjia.scenes.dating.events.types import Picked
from niangjia.scenes.dating.models import Entrant, Event, Profile, Talk
from niangjia.scenes.dating.models.events import Kind, State
from niangjia.scenes.dating.selectors.people import gone, own, read, seeker

# The close takes the event for itself: a choice is locked in before it, wholly, or finds that there is no event to
# choose in any more. The event is locked before the entrant, by both, so that neither waits for the other.
_OPEN = """
SELECT e.key, e.picks, e.kind, e.round, x.id, x.sealed, x.side
  FROM dating_event e JOIN dating_entrant x ON x.event_id = e.id
 WHERE e.id = %(event)s AND x.profile_id = %(me)s AND x.left_at IS NULL AND e.state = 'published'
   AND e.closed_at IS NULL AND e.opens_at <= {now} AND e.closes_at > {now}
   FOR SHARE OF e FOR UPDATE OF x
"""
_BY_DATABASE = _OPEN.format(now="clock_timestamp()")
_BY_CLOCK = _OPEN.format(now="%(now)s::timestamptz")
_ALSO_IN = """
p.id = %(id)s AND EXISTS (SELECT FROM dating_entrant y
                           WHERE y.event_id = %(event)s AND y.profile_id = p.id AND y.left_at IS NULL)
"""


class Open(NamedTuple):
    """My row in an open event, held until the transaction ends."""

    key: str
    picks: int
    kind: str
    round: int
    entrant: UUID
    side: str
    choice: Choice


@transaction.atomic
def pick(*, person_id: UUID, event_id: UUID, profile_id: UUID, now: datetime, clock: datetime | None = None) -> Picked:
    """Choose somebody. Nobody learns of it, unless they choose me too. Again changes nothing."""
    me = seeker(person_id, now)
    mine = hold(me, event_id, clock)
    if mine.kind != Kind.SELECTION or not read(me, "meet", now, where=_ALSO_IN, id=profile_id, event=event_id):
        raise gone()
    if profile_id in mine.choice.ids:
        return Picked(picked=True, left=mine.picks - len(mine.choice.ids))
    if len(mine.choice.ids) >= mine.picks:
        raise errors.NoPicksLeft(mine.picks)
    return _keep(mine, mine.choice.with_(profile_id), picked=True)


@transaction.atomic
def take_back(
    *, person_id: UUID, event_id: UUID, profile_id: UUID, now: datetime, clock: datetime | None = None
) -> Picked:
    """As if it had never been chosen; also of somebody who cannot be seen any more."""
    mine = hold(own(person_id), event_id, clock)
    return _keep(mine, mine.choice.without(profile_id), picked=False)


@transaction.atomic
def say(*, person_id: UUID, talk_id: UUID, yes: bool, now: datetime, clock: datetime | None = None) -> Picked:
    """After a talk: would I like to meet again? As secret as any choice."""
    me = own(person_id)
    talk = Talk.objects.filter(pk=talk_id).select_related("woman", "man").first()
    if talk is None or me.pk not in (talk.woman.profile_id, talk.man.profile_id):
        raise errors.missing()
    mine = hold(me, talk.event_id, clock)
    if talk.round > mine.round:
        raise errors.NotMet
    other = talk.man.profile_id if mine.side == "f" else talk.woman.profile_id
    return _keep(mine, mine.choice.with_(other) if yes else mine.choice.without(other), picked=yes)


def hold(me: Profile, event_id: UUID, clock: datetime | None = None) -> Open:
    """My row, locked, if the event is open to me at this moment; else the reason why not."""
    given = {"event": event_id, "me": me.pk, **({"now": clock} if clock else {})}
    row = prepared.fetch_one(_BY_CLOCK if clock else _BY_DATABASE, given)
    if row is None:
        raise _why_not(me, event_id, clock or database_now())
    sealed_key, picks, kind, round_, entrant, sealed, side = row
    key = open_key(event_id, bytes(sealed_key))
    return Open(key, picks, kind, round_, entrant, side, sealing.unseal(bytes(sealed), key=key, entrant=entrant))


def open_key(event_id: UUID, sealed: bytes) -> str:
    field = Event._meta.get_field("key")
    return str(field.open(sealed, Event(id=event_id)))


def _why_not(me: Profile, event_id: UUID, now: datetime) -> Exception:
    event = Event.objects.filter(pk=event_id).exclude(state=State.DRAFT).first()
    if event is None:
        return errors.missing()
    if not Entrant.objects.filter(event=event, profile=me, left_at=None).exists():
        return errors.NotIn()
    over = event.state == State.CANCELLED or event.closed_at is not None or event.closes_at <= now
    return errors.Over() if over else errors.NotYet(event.opens_at)


def _keep(mine: Open, choice: Choice, *, picked: bool) -> Picked:
    sealed = sealing.seal(choice, key=mine.key, entrant=mine.entrant)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dating_entrant SET sealed = %s WHERE id = %s", [sealed, mine.entrant])
    return Picked(picked=picked, left=max(0, mine.picks - len(choice.ids)))
