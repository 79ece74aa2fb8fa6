"""The live programme: staff invite two, each answers in private, they talk, and what came of it is kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import rules
from niangjia.core.access import Actor
from niangjia.core.access.policies import within
from niangjia.core.audit import services as audit
from niangjia.core.consent import services as consent
from niangjia.core.messages import services as messages
from niangjia.core.orgs.models import Org
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict, Forbidden
from niangjia.scenes.dating.events.closing import apart
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.selectors.people import member
from niangjia.scenes.dating.weekly import errors
from niangjia.scenes.dating.weekly.joining import join_two
from niangjia.scenes.dating.weekly.models import Guest, Live, LiveSignal, Suggestion
from niangjia.scenes.dating.weekly.models.lives import LiveState, Outcome
from niangjia.scenes.dating.weekly.policies import lives
from niangjia.scenes.dating.weekly.types import AFTER, ANSWER_BY, LIVE, RUN, SEEN_LIVE, SIGNAL_LIFE, Invitation


def invite(*, actor: Actor, org_id: UUID, plan: Invitation, now: datetime, again_of: Live | None = None) -> Live:
    """Both are asked on their phones. One talk a day for the union, one a day for each of the two."""
    org = Org.objects.filter(within(actor, RUN, path="path"), pk=org_id, ended_at=None).first()
    if org is None:
        raise Forbidden(_("You cannot organise for this union."), next_step=_("Choose your own or one below it."))
    _check(plan, now)
    try:
        with transaction.atomic():
            return _invite(actor, org, plan, now, again_of)
    except IntegrityError as error:
        raise errors.DayTaken from error


def _check(plan: Invitation, now: datetime) -> None:
    secure = not plan.stream_url or urlsplit(plan.stream_url).scheme == "https"
    in_time = plan.starts_at > now + timedelta(hours=1)
    rules.check(
        starts_at=(in_time, _("At least an hour from now, so that both can answer.")),
        minutes=rules.within(plan.minutes, 5, 60),
        stream_url=(secure, _("An address that begins with https://")),
    )


def _invite(actor: Actor, org: Org, plan: Invitation, now: datetime, again_of: Live | None) -> Live:
    both = [_willing(plan.woman, "f", now), _willing(plan.man, "m", now)]
    couple = (min(plan.woman, plan.man), max(plan.woman, plan.man))
    if not apart([couple], now):
        raise Conflict(_("These two cannot be invited together."), next_step=_("Please choose two others."))
    live = Live(
        org=org,
        made_by_id=actor.person_id,
        day=clock.today(plan.starts_at),
        starts_at=plan.starts_at,
        minutes=plan.minutes,
        answer_by=min(plan.starts_at, now + ANSWER_BY),
        stream_url=plan.stream_url,
        again_of=again_of,
    )
    live.save(force_insert=True)
    for profile in sorted(both, key=lambda row: row.pk):
        Guest(live=live, profile=profile, side=profile.sex, busy_on=live.day).save(force_insert=True)
        messages.send(person_id=profile.person_id, template="dating_live_invited", now=now)
    Suggestion.objects.filter(Q(woman__in=couple) | Q(man__in=couple)).delete()
    _record("live_invited", actor, live, now)
    return live


def _willing(profile_id: UUID, side: str, now: datetime) -> Profile:
    """Somebody who agreed to be invited; anybody else cannot even be told from nobody."""
    found = Profile.objects.filter(pk=profile_id, sex=side).first()
    if found is None or not consent.has(person_id=found.person_id, purpose=LIVE):
        raise Conflict(_("They cannot be invited."), next_step=_("Please choose somebody from the list."))
    return found


@transaction.atomic
def answer(*, person_id: UUID, live_id: UUID, yes: bool, now: datetime) -> None:
    """In private: a no is told to nobody, and the talk stands as invited until the time for answers is over."""
    live, mine, other = _guest_of(person_id, live_id, now)
    if live.state == LiveState.AGREED and not yes:
        _call_off(live, now)
        return
    if live.state != LiveState.INVITED or now >= live.answer_by:
        raise errors.Closed
    mine.says = "y" if yes else "n"
    if not yes:
        mine.seen = False
    mine.save(update_fields=["says", "seen"])
    if mine.says == other.says == "y":
        Live.objects.filter(pk=live.pk).update(state=LiveState.AGREED)
        _tell(live, "dating_live_agreed", now)


@transaction.atomic
def be_seen(*, person_id: UUID, live_id: UUID, seen: bool, now: datetime) -> None:
    """Whether others may watch my talk. Taken back at any time; after the beginning the broadcast ends with it."""
    live, mine, _other = _guest_of(person_id, live_id, now)
    if seen:
        if now >= live.starts_at or live.state not in (LiveState.INVITED, LiveState.AGREED):
            raise errors.Closed
        consent.require(person_id=person_id, purpose=SEEN_LIVE)
    mine.seen = seen
    mine.save(update_fields=["seen"])


@transaction.atomic
def say_after(*, person_id: UUID, live_id: UUID, yes: bool, now: datetime) -> bool:
    """After the talk: would I like to meet again? Says whether we are a pair now."""
    live, mine, other = _guest_of(person_id, live_id, now)
    ends = live.starts_at + timedelta(minutes=live.minutes)
    if live.state not in (LiveState.AGREED, LiveState.OVER) or now < live.starts_at or now > ends + AFTER:
        raise errors.Closed
    mine.after = "y" if yes else "n"
    mine.save(update_fields=["after"])
    both = mine.after == other.after == "y"
    return both and join_two(mine.profile_id, other.profile_id, now)


def _guest_of(person_id: UUID, live_id: UUID, now: datetime) -> tuple[Live, Guest, Guest]:
    """A talk of mine and its two guests, locked. When the other has left there is none any more."""
    me = member(person_id, now)
    live = Live.objects.select_for_update().filter(pk=live_id, guests__profile=me).first()
    guests = list(Guest.objects.filter(live=live).order_by("side")) if live else []
    if live is None or len(guests) != 2:
        raise errors.missing()
    mine, other = guests if guests[0].profile_id == me.pk else guests[::-1]
    return live, mine, other


@transaction.atomic
def call_off(*, actor: Actor, live_id: UUID, now: datetime) -> Live:
    live = _locked(actor, live_id)
    if live.state not in (LiveState.INVITED, LiveState.AGREED):
        raise errors.Closed
    _call_off(live, now)
    _record("live_called_off", actor, live, now)
    return live


def _call_off(live: Live, now: datetime) -> None:
    """In the same words for everybody, whoever it was: the day is free again."""
    Live.objects.filter(pk=live.pk).update(state=LiveState.OFF)
    Guest.objects.filter(live=live).update(busy_on=None, seen=False, says=b"")
    _tell(live, "dating_live_off", now)


def ask_again(*, actor: Actor, live_id: UUID, starts_at: datetime, now: datetime) -> Live:
    """The same two, once more. That they were asked again is the outcome of the first talk."""
    with transaction.atomic():
        live = _locked(actor, live_id)
        guests = {guest.side: guest.profile_id for guest in live.guests.all()}
        if live.state != LiveState.OVER or live.outcome != Outcome.NONE or len(guests) != 2:
            raise errors.Closed
        plan = Invitation(guests["f"], guests["m"], starts_at, live.minutes, live.stream_url)
        made = invite(actor=actor, org_id=live.org_id, plan=plan, now=now, again_of=live)
        Live.objects.filter(pk=live.pk).update(outcome=Outcome.AGAIN)
    return made


def look_after(*, now: datetime) -> None:
    """Answers that did not come, talks that are over, and what came of them."""
    for live in Live.objects.filter(state=LiveState.INVITED, answer_by__lte=now):
        with transaction.atomic():
            _call_off(live, now)
    for live in Live.objects.filter(state=LiveState.AGREED, starts_at__lt=now):
        if live.starts_at + timedelta(minutes=live.minutes) <= now:
            Live.objects.filter(pk=live.pk, state=LiveState.AGREED).update(state=LiveState.OVER)
    for live in Live.objects.filter(state=LiveState.OVER, outcome=Outcome.OPEN, starts_at__lte=now - AFTER):
        _settle(live, now)
    LiveSignal.objects.filter(at__lt=now - SIGNAL_LIFE).delete()


@transaction.atomic
def _settle(live: Live, now: datetime) -> None:
    """What each said is destroyed with it."""
    after = [guest.after for guest in Guest.objects.filter(live=live)]
    outcome = Outcome.PAIR if after == ["y", "y"] else Outcome.NONE
    Live.objects.filter(pk=live.pk, outcome=Outcome.OPEN).update(outcome=outcome, settled_at=now)
    Guest.objects.filter(live=live).update(after=b"", says=b"")


def withdrawn(person_id: UUID, purpose: str, now: datetime) -> None:
    """A consent was taken back: nobody watches any more; without the one to be invited, no talk stands."""
    if purpose == SEEN_LIVE:
        Guest.objects.filter(profile__person_id=person_id).update(seen=False)
    if purpose == LIVE:
        leave_all(person_id, now)


def leave_all(person_id: UUID, now: datetime) -> None:
    Suggestion.objects.filter(Q(woman__person_id=person_id) | Q(man__person_id=person_id)).delete()
    ahead = Live.objects.filter(state__in=[LiveState.INVITED, LiveState.AGREED], starts_at__gt=now)
    for live in ahead.filter(guests__profile__person_id=person_id):
        _call_off(live, now)


def _tell(live: Live, template: str, now: datetime) -> None:
    people: Sequence[UUID] = sorted(Guest.objects.filter(live=live).values_list("profile__person_id", flat=True))
    messages.send_many(person_ids=people, template=template, now=now)


def _locked(actor: Actor, live_id: UUID) -> Live:
    return Live.objects.select_for_update().get(pk=lives.get(actor, "run", pk=live_id).pk)


def _record(what: str, actor: Actor, live: Live, now: datetime) -> None:
    audit.record(
        action=f"dating.{what}", actor_id=actor.person_id, subject_id=None, target=("live", str(live.pk)), now=now
    )
