"""Those who both said yes, and whom somebody blocked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from niangjia.scenes.dating.models import Block, ContactOffer, Pair, Profile
from niangjia.scenes.dating.selectors.people import gone, read
from niangjia.scenes.dating.types import Seen


@dataclass(frozen=True)
class Met:
    """One pair as one of the two sees it. `other` is None when they left or cannot be seen at present."""

    pair: Pair
    other: Seen | None
    mine: ContactOffer | None
    theirs: ContactOffer | None

    @property
    def open(self) -> bool:
        """Contacts are opened only when both offered one."""
        return self.mine is not None and self.theirs is not None


def pairs_of(me: Profile) -> QuerySet[Pair]:
    return Pair.objects.filter(Q(first_id=me.pk) | Q(second_id=me.pk), ended_at=None)


def pair_of(me: Profile, pair_id: UUID) -> Pair:
    """One living pair of mine, locked; NotFound for another's."""
    found = pairs_of(me).filter(pk=pair_id).select_for_update().first()
    if found is None:
        raise gone()
    return found


def met(me: Profile, now: datetime) -> list[Met]:
    """All my pairs, the latest first, in three queries."""
    return views(me, list(pairs_of(me).order_by("-since", "-pk")), now)


def views(me: Profile, pairs: Sequence[Pair], now: datetime) -> list[Met]:
    ids = [key for pair in pairs if (key := other_of(me, pair))]
    others = {row.pk: row for row in read(me, "know", now, where="p.id = ANY (%(ids)s)", ids=ids)} if ids else {}
    offers = {(o.pair_id, o.owner_id): o for o in ContactOffer.objects.filter(pair__in=[pair.pk for pair in pairs])}
    return [
        Met(
            pair=pair,
            other=others.get(other_of(me, pair)),  # type: ignore[arg-type]  # None is in no dictionary of ids
            mine=offers.get((pair.pk, me.pk)),
            theirs=offers.get((pair.pk, other_of(me, pair))),  # type: ignore[arg-type]  # as above
        )
        for pair in pairs
    ]


def other_of(me: Profile, pair: Pair) -> UUID | None:
    return pair.second_id if pair.first_id == me.pk else pair.first_id


def blocked_by(me: Profile) -> QuerySet[Block]:
    return Block.objects.filter(blocker_id=me.pk, blocked__isnull=False).order_by("-at", "-pk")
