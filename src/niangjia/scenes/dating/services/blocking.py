"""Blocking: the two do not exist for one another, in any list, count or answer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from niangjia.core.accounts.models import Person
from niangjia.scenes.dating.models import Block, Decision, Profile
from niangjia.scenes.dating.selectors.people import own
from niangjia.scenes.dating.selectors.safety import acquaintance, has_met
from niangjia.scenes.dating.services.decisions import end_pair, lock_two
from niangjia.scenes.dating.services.seeing import show
from niangjia.scenes.dating.services.standing import mark_of


@transaction.atomic
def block(*, person_id: UUID, profile_id: UUID, now: datetime) -> None:
    """They are not told. What I said of them is gone, a pair of the two ends."""
    me = own(person_id)
    lock_two(me.pk, profile_id)
    part(me=me, other=acquaintance(me, profile_id, now), now=now)


@transaction.atomic
def part(*, me: Profile, other: Profile, now: datetime) -> None:
    """The same, for a room that knows whom it shows."""
    lock_two(me.pk, other.pk)
    mark = mark_of(Person.objects.get(pk=other.person_id))
    row = Block(blocker=me, blocked=other, mark=mark, nickname=other.nickname if _known(me, other, now) else "", at=now)
    Block.objects.bulk_create([row], ignore_conflicts=True)
    Decision.objects.filter(chooser_id=me.pk, chosen_id=other.pk).delete()
    end_pair(me.pk, other.pk, now)


def _known(me: Profile, other: Profile, now: datetime) -> bool:
    """Anybody may be blocked by an id alone; the name in one's own list counts to the day's number, as anywhere."""
    return has_met(me, other.pk) or not show(me, [other.pk], now).refused


@transaction.atomic
def unblock(*, person_id: UUID, profile_id: UUID) -> None:
    Block.objects.filter(blocker_id=own(person_id).pk, blocked_id=profile_id).delete()
