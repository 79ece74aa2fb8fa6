"""Asking for a place. First come is one statement; the other ways put the party down in a second."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.engines.allocation import errors, locks, statements
from niangjia.engines.allocation.kernels import lottery
from niangjia.engines.allocation.models import Booking
from niangjia.engines.allocation.services.extras import ask, serve_or_refuse
from niangjia.engines.allocation.services.promoting import promote
from niangjia.engines.allocation.statements import Answer, Request
from niangjia.engines.allocation.types import Claimant, Claimed
from niangjia.kernel.errors import TooMany
from niangjia.kernel.ids import new_id

_LOOKS: Final = 8  # how often a claim that lost a race looks again before it says so
_SLIPS: Final = {"23505", "23P01", "40P01"}  # there twice, in two places at once, each waiting for the other
_STATE_OF_WAY: Final = {"approval": "asked", "lottery": "entered"}


def claim(
    *,
    slot_id: UUID,
    by: Claimant,
    request_key: UUID,
    companions: Sequence[UUID | None] = (),
    addons: Sequence[str] = (),
    for_all: Collection[str] = (),
    hold_for: timedelta | None = None,
    wait: bool = False,
    wait_for_addons: bool = False,
    fingerprint: str = "",
    now: datetime | None,
) -> Claimed:
    """A place for `by` and all companions (None: a guest without account), or for none of them.

    `now=None` lets the clock of the database decide, which all servers share: nobody gets in early because one server's
    clock is fast. `request_key` is drawn by the phone; sent again it gives the same answer again, and with another
    request (`fingerprint` stands for what the scene asked besides) KeyReused. `wait` joins the waiting list, or that of
    an add-on, when there is no room; `wait_for_addons` the latter alone. Add-ons are for the party as one; those
    `for_all` for each of them. Called outside of a transaction, first come is one round trip to the database.
    """
    request = Request(
        slot_id=slot_id,
        person_id=by.person_id,
        people=_party(by.person_id, companions),
        ids=tuple(new_id() for _person in (by, *companions)),
        keys=by.all_keys,
        priority=by.priority,
        request_key=request_key,
        mark=_mark(slot_id, companions, addons, fingerprint),
        state="held" if hold_for else "booked",
        hold_for=hold_for,
        now=now,
    )
    if not addons:
        return _settle(request, _look(request), wait=wait)
    wanted = {key: request.ids if key in for_all else request.ids[:1] for key in addons}
    return _with_addons(request, wanted, wait=wait, patient=wait or wait_for_addons)


def _party(asker: UUID, companions: Sequence[UUID | None]) -> tuple[UUID | None, ...]:
    """Everybody, each once; only guests without an account may be several."""
    named = [one for one in (asker, *companions) if one is not None]
    if len(set(named)) < len(named):
        raise errors.AlreadyBooked(companion=True)
    return (asker, *companions)


@transaction.atomic
def _with_addons(request: Request, wanted: Mapping[str, Sequence[UUID]], *, wait: bool, patient: bool) -> Claimed:
    """The place and what was asked for beside it, or neither."""
    claimed = _settle(request, _look(request), wait=wait)
    if claimed.is_new:
        moment = request.now or statements.database_now()
        ask(request.slot_id, wanted, moment)
        serve_or_refuse(request.slot_id, request.ids, wait=patient, now=moment)
    return claimed


def _mark(slot_id: UUID, companions: Sequence[UUID | None], addons: Sequence[str], fingerprint: str) -> bytes:
    """By which the same request is known again; the key alone could be used for another."""
    asked = repr((slot_id, list(companions), sorted(addons), fingerprint))
    return hashlib.sha256(asked.encode()).digest()[:16]


def _look(request: Request) -> Answer:
    """Claim; look again when a rival was faster at the same row, whose doing is visible then."""
    for _look_again in range(_LOOKS):
        with _forgiving() as slips:
            answer = statements.claim(request)
        if slips:
            continue
        if answer is None:
            raise locks.missing()
        if not answer.lost_a_race:
            return answer
    raise TooMany(
        _("Very many people are registering at this moment."), retry_after=1, next_step=_("Please try once more.")
    )


@contextmanager
def _forgiving() -> Iterator[list[Exception]]:
    """Collects what a rival caused: a second request of the same person, or a place elsewhere taken just now."""
    slips: list[Exception] = []
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            yield slips
    except (IntegrityError, OperationalError) as error:
        if getattr(error.__cause__, "sqlstate", "") not in _SLIPS:
            raise
        slips.append(error)


def _settle(request: Request, answer: Answer, *, wait: bool) -> Claimed:
    if answer.earlier_id is not None:
        return _again(request, answer)
    if answer.pool_key is not None:
        return _claimed(request, answer, request.state)
    _refuse(request, answer)
    if answer.way in _STATE_OF_WAY:
        return _enrol(request, answer, _STATE_OF_WAY[answer.way])
    if answer.line:
        return _behind_the_line(request, answer, wait=wait)
    if not (wait and answer.keeps_waiting):
        raise errors.Full(keeps_waiting=answer.keeps_waiting)
    return _enrol(request, answer, "waiting")


def _again(request: Request, answer: Answer) -> Claimed:
    """The same request came before: its answer, as things stand now."""
    if bytes(answer.earlier_mark or b"") != request.mark:
        raise errors.KeyReused
    assert answer.earlier_id is not None  # it was asked for
    return _as_it_stands(request.slot_id, answer.earlier_id, is_new=False)


def _as_it_stands(slot_id: UUID, booking_id: UUID, *, is_new: bool) -> Claimed:
    found = Booking.objects.select_related("pool").get(pk=booking_id)
    pool_key = found.pool.key if found.pool else None
    return Claimed(found.pk, slot_id, found.state, pool_key, found.tier, is_new=is_new)


def _claimed(request: Request, answer: Answer, state: str) -> Claimed:
    return Claimed(request.ids[0], request.slot_id, state, answer.pool_key, answer.tier, is_new=True)


def _refuse(request: Request, answer: Answer) -> None:
    """Raises the reason for which these people can have no place, and need not wait for one either."""
    if answer.called_off_at is not None:
        raise errors.CalledOff
    if answer.mine:
        raise errors.AlreadyBooked(companion=len(request.people) > 1)
    if answer.now < answer.opens_at:
        raise errors.NotOpenYet(answer.opens_at)
    if answer.now >= answer.closes_at or answer.drawn_at is not None:
        raise errors.Closed
    if len(request.people) > answer.max_party:
        raise errors.PartyTooLarge(answer.max_party)
    if answer.clash is not None and answer.way != "lottery":  # by the time of the draw it may be given back
        raise errors.Overlapping(answer.clash)
    if not answer.entitled:
        raise errors.NotEntitled(open_to_all_at=answer.flows_back_at)


def _enrol(request: Request, answer: Answer, state: str) -> Claimed:
    ticket = lottery.ticket(request.slot_id, request.request_key) if answer.way == "lottery" else None
    with _forgiving() as slips:
        done = statements.enrol(request, state=state, tier=answer.tier, ticket=ticket)
    if slips:  # the same person, a moment ago: the claim itself knows what to say
        return _settle(request, _look(request), wait=False)
    if not done:
        raise errors.Closed
    return _claimed(request, replace(answer, pool_key=None), state)


def _behind_the_line(request: Request, answer: Answer, *, wait: bool) -> Claimed:
    """There is room, and others wait for it. It is theirs first; what they cannot use is for who comes now.

    A group may be too large for what is left, or somebody busy elsewhere at that time.
    """
    now = request.now or statements.database_now()
    promote(slot_id=request.slot_id, now=now)
    with transaction.atomic():
        waiting = _enrol(request, answer, "waiting")
        promote(slot_id=request.slot_id, now=now)
        claimed = _as_it_stands(request.slot_id, waiting.booking_id, is_new=waiting.is_new)
        if claimed.state == "waiting" and not wait:
            raise errors.Full(keeps_waiting=answer.keeps_waiting)
    return claimed
