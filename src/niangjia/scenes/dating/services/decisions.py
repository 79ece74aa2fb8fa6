"""Yes, pass, and taking back. Two yeses make one pair, also when they are said at the same moment.

Whatever concerns two people happens under the lock of these two: one after the other, whoever begins. Without it two
yeses said at once would each not see the other, and the pair would be lost.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from niangjia.core.messages import services as messages
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.models import ContactOffer, Decision, Pair, Profile
from niangjia.scenes.dating.selectors.people import LOCKED, one, own, seeker
from niangjia.scenes.dating.services.seeing import meet
from niangjia.scenes.dating.types import PASS_LIFE, Answer, Seen


@transaction.atomic
def say_yes(*, person_id: UUID, profile_id: UUID, now: datetime) -> Answer:
    """Say yes to somebody one may see. Nobody learns of it before they said yes too; repeating it changes nothing."""
    me = seeker(person_id, now)
    lock_two(me.pk, profile_id)
    other = _visible(me, profile_id, now)
    if other.mutual:
        return Answer("mutual", _pair(me.pk, other.pk).pk)
    if not other.yes:
        meet(me, other, now)
        _decide(me, other, "yes", now)
    (they_too,) = other.place
    return Answer("mutual", _join(me, other, now).pk) if they_too else Answer("yes_said")


@transaction.atomic
def pass_by(*, person_id: UUID, profile_id: UUID, now: datetime) -> Answer:
    """Not this one. They do not learn of it; a pair of the two ends."""
    me = seeker(person_id, now)
    lock_two(me.pk, profile_id)
    _decide(me, _visible(me, profile_id, now), "pass", now)
    end_pair(me.pk, profile_id, now)
    return Answer("passed")


@transaction.atomic
def take_back(*, person_id: UUID, profile_id: UUID, now: datetime) -> Answer:
    """As if nothing had been said. Always possible, whatever became of the other; a pair of the two ends."""
    me = own(person_id)
    lock_two(me.pk, profile_id)
    Decision.objects.filter(chooser_id=me.pk, chosen_id=profile_id).delete()
    end_pair(me.pk, profile_id, now)
    return Answer("none")


def lock_two(mine: UUID, other: UUID) -> None:
    """Held until the transaction ends. One such lock in each transaction, so that no two can wait for each other."""
    with connection.cursor() as cursor:
        both = "".join(sorted((mine.hex, other.hex)))
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [both])


_LIKES_ME = """
, EXISTS (SELECT FROM dating_decision d
           WHERE d.chooser_id = p.id AND d.chosen_id = %(me)s AND d.said = 'yes')
"""


def _visible(me: Profile, profile_id: UUID, now: datetime) -> Seen:
    """The other one, read after the lock, so that what they said meanwhile is seen. They cannot leave meanwhile."""
    return one(me, profile_id, now, more=_LIKES_ME, tail=LOCKED)


_DECIDE = """
INSERT INTO dating_decision (id, chooser_id, chosen_id, said, at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (chooser_id, chosen_id) DO UPDATE SET said = EXCLUDED.said, at = EXCLUDED.at
"""


def _decide(me: Profile, other: Seen, said: str, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_DECIDE, [new_id(), me.pk, other.pk, said, now])


def _join(me: Profile, other: Seen, now: datetime) -> Pair:
    """The one pair of these two, new or begun again; both are told, without a name that would outlive a block."""
    first, second = sorted((me.pk, other.pk))
    pair, _new = Pair.objects.update_or_create(
        first_id=first, second_id=second, defaults={"since": now, "ended_at": None}
    )
    for person_id in sorted((me.person_id, other.person_id)):
        messages.send(person_id=person_id, template="dating_mutual", now=now)
    return pair


def _pair(mine: UUID, other: UUID) -> Pair:
    first, second = sorted((mine, other))
    return Pair.objects.get(first_id=first, second_id=second)


def end_pair(mine: UUID, other: UUID, now: datetime) -> None:
    """Contacts that were offered go with it."""
    first, second = sorted((mine, other))
    pairs = Pair.objects.filter(first_id=first, second_id=second, ended_at=None)
    ContactOffer.objects.filter(pair__in=pairs).delete()
    pairs.update(ended_at=now)


def forget_passes(*, now: datetime) -> int:
    """After half a year somebody may come again."""
    return Decision.objects.filter(said="pass", at__lt=now - PASS_LIFE).delete()[0]
