"""Showing interest in somebody on the list, in the app or by the hotline, and answering it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.accounts.codes import phone_index
from niangjia.core.accounts.models import Person
from niangjia.core.audit import services as audit
from niangjia.core.messages import services as messages
from niangjia.kernel.china import parse_phone
from niangjia.kernel.errors import Invalid
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.selectors.people import member, read, seeker
from niangjia.scenes.dating.services import decisions
from niangjia.scenes.dating.services.seeing import meet, strangers
from niangjia.scenes.dating.weekly import desk, errors, selectors
from niangjia.scenes.dating.weekly.joining import join_two
from niangjia.scenes.dating.weekly.models import Interest, Line, WeeklyList
from niangjia.scenes.dating.weekly.models.lists import State
from niangjia.scenes.dating.weekly.policies import lists
from niangjia.scenes.dating.weekly.types import KEPT_FOR, MOST_ASKED, Shown

Said = Literal["none", "asked", "mutual"]


def look_through(me: Profile, row: WeeklyList, now: datetime) -> tuple[list[Shown], bool]:
    """Those on the list whom I may see, as far as today's number reaches, and whether there are more for tomorrow."""
    found = selectors.seen_on(me, row, now)
    refused, _left = strangers(me, [seen for shown, seen in found if shown.state == "none"], now)
    return [shown for shown, seen in found if seen.pk not in refused], bool(refused)


@transaction.atomic
def show(*, person_id: UUID, line_id: UUID, now: datetime) -> Said:
    """A yes where the two are open to each other, which stays secret; else the listed person is asked."""
    me = seeker(person_id, now)
    line, other = selectors.seen_one(me, line_id, now)
    if other.mutual:
        return "mutual"
    meet(me, other, now)
    open_to_me = bool(read(me, "open", now, where="p.id = %(id)s", id=other.pk))
    _keep(me, line, "yes" if open_to_me else "request", now)
    if open_to_me:
        said = decisions.say_yes(person_id=person_id, profile_id=other.pk, now=now)
        return "mutual" if said.state == "mutual" else "asked"
    return "asked"


def _keep(me: Profile, line: Line, way: str, now: datetime) -> None:
    mine = Interest.objects.filter(asker=me, line__list=line.list_id)
    if mine.filter(line=line).exists():
        return
    if mine.count() >= MOST_ASKED:
        raise errors.EnoughAsked(MOST_ASKED)
    row = Interest(line=line, way=way, asker=me, at=now, until=now + KEPT_FOR, confirmed_at=now)
    _made, new = Interest.objects.get_or_create(line=line, asker=me, defaults=_fields(row))
    if new:
        desk.count_interest(line.list_id)
    if new and way == "request":
        messages.send(person_id=line.profile.person_id, template="dating_weekly_asked", now=now)


def _fields(row: Interest) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("way", "at", "until", "confirmed_at")}


@transaction.atomic
def take_back(*, person_id: UUID, line_id: UUID, now: datetime) -> Said:
    """As if nothing had been asked."""
    me = member(person_id, now)
    row = Interest.objects.filter(asker=me, line_id=line_id).select_related("line").first()
    if row is not None and row.way == "yes":
        decisions.take_back(person_id=person_id, profile_id=row.line.profile_id, now=now)
    Interest.objects.filter(asker=me, line_id=line_id).delete()
    return "none"


@transaction.atomic
def record_call(*, actor: Actor, list_id: UUID, number: int, phone: str, now: datetime) -> Interest:
    """Somebody called. Whoever writes it down learns nothing by it: not whether the number is a member's, nor more.

    The caller gets a text message; nobody is asked before they have confirmed it themselves.
    """
    row = lists.get(actor, "run", pk=list_id)
    line = Line.objects.filter(list=row, number=number, out_at=None, list__state=State.PUBLISHED).first()
    if line is None or line.pk not in {found.pk for found in selectors.lines_of(row, now)}:
        raise Invalid(_("Nobody has this number."), fields={"number": _("Please ask for the number once more.")})
    mark = phone_index(_phone(phone))
    found = Interest.objects.filter(line=line, phone_mark=mark).first()
    if found is not None:
        return found
    call = Interest(
        line=line, way="hotline", phone_mark=mark, taken_by_id=actor.person_id, at=now, until=now + KEPT_FOR
    )
    call.phone = _phone(phone)
    call.save(force_insert=True)
    desk.count_interest(row.pk)
    messages.send_sms(phone=call.phone, template="dating_hotline", params={}, now=now)
    _tell_caller(mark, now)
    target = ("interest", str(call.pk))
    audit.record(action="dating.hotline_taken", actor_id=actor.person_id, subject_id=None, target=target, now=now)
    return call


def _phone(text: str) -> str:
    try:
        return parse_phone(text)
    except ValueError as error:
        raise Invalid(
            _("This is no mobile number."), fields={"phone": _("Eleven digits, as the caller says them.")}
        ) from error


def _tell_caller(mark: bytes, now: datetime) -> None:
    caller = Person.objects.filter(phone_index=mark, closed_at=None).first()
    if caller is not None:
        messages.send(person_id=caller.pk, template="dating_hotline_confirm", now=now)


@transaction.atomic
def confirm(*, person_id: UUID, interest_id: UUID, it_was_me: bool, now: datetime) -> Said:
    """It was I who called, or it was not: then nothing remains of it."""
    calls = {row.pk: row for row in selectors.called(person_id, now)}
    row = calls.get(interest_id)
    if row is None:
        raise errors.missing()
    if not it_was_me:
        row.delete()
        return "none"
    me = seeker(person_id, now)
    line, other = selectors.seen_one(me, row.line_id, now)
    if other.mutual or Interest.objects.filter(line=line, asker=me).exists():
        row.delete()
        return "mutual" if other.mutual else "asked"
    row.asker, row.confirmed_at, row.phone = me, now, ""
    row.save(update_fields=["asker", "confirmed_at", "phone"])
    messages.send(person_id=line.profile.person_id, template="dating_weekly_asked", now=now)
    return "asked"


@transaction.atomic
def answer(*, person_id: UUID, interest_id: UUID, yes: bool, now: datetime) -> bool:
    """What I say to somebody who asked. Says whether we are a pair now. A no is told to nobody; I may think again."""
    me = member(person_id, now)
    asked = {found.interest.pk: found for found in selectors.asked_of(me, now)}
    if interest_id not in asked:
        raise errors.missing()
    row = Interest.objects.select_for_update().get(pk=interest_id)
    row.listed_says = "y" if yes else "n"
    row.save(update_fields=["listed_says"])
    return yes and row.asker_id is not None and join_two(me.pk, row.asker_id, now)


# A pair counts for the list out of which somebody asked first, however the two then found each other.
_SETTLE = """
WITH found AS (
    UPDATE dating_weekly_interest i SET paired_at = r.since
      FROM dating_weekly_line l, dating_pair r
     WHERE l.id = i.line_id AND i.paired_at IS NULL AND i.asker_id IS NOT NULL
       AND r.first_id = LEAST(i.asker_id, l.profile_id) AND r.second_id = GREATEST(i.asker_id, l.profile_id)
       AND r.ended_at IS NULL AND r.since >= i.at
    RETURNING l.list_id
), counted AS (SELECT list_id, count(*) AS n FROM found GROUP BY list_id)
UPDATE dating_weekly_weeklylist w SET pairs = w.pairs + counted.n FROM counted WHERE counted.list_id = w.id
"""


def settle() -> None:
    """Pairs out of lists, counted once each; every night, so that no count tells when somebody answered."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE)


def forget(*, now: datetime) -> int:
    """What nobody answered is nobody's business any more."""
    return Interest.objects.filter(until__lte=now).delete()[0]
