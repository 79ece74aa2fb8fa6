"""Entrants of one event as a market for the matching engine. Only the worker imports this: numba has no place in a web
process."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db import connection, transaction

from niangjia.engines.matching.kernels.eligibility import candidates
from niangjia.engines.matching.services.clearing import clear
from niangjia.engines.matching.types import F32, I32, Plan, Progress, as_uuids
from niangjia.scenes.dating.events.types import DEALT
from niangjia.scenes.dating.models import Entrant, Event
from niangjia.scenes.dating.recommend.likes import Likes, learn
from niangjia.scenes.dating.recommend.pools import excluded, pool, tints_of
from niangjia.scenes.dating.selectors import market
from niangjia.scenes.dating.selectors.market import Between, Bools, People

_IN_EVENT = """
EXISTS (SELECT FROM dating_entrant x WHERE x.event_id = %(event)s AND x.profile_id = p.id AND x.left_at IS NULL)
"""


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """`women` and `men` are rows of `people`. What somebody chose in this event is not known here: it is sealed."""

    people: People
    women: I32
    men: I32
    likes: Likes
    tints: F32
    blocked: Between

    def ids_of(self, rows: I32) -> list[UUID]:
        return as_uuids(self.people.ids[rows])

    def weights(self) -> tuple[npt.NDArray[np.float64], Bools]:
        """How likely both of each two say yes, women by men, and which two may meet at all."""
        may = np.zeros((self.women.size, self.men.size), dtype=bool)
        w = np.zeros(may.shape)
        if not may.size:
            return w, may
        found = candidates(
            proactive=pool(self.people, self.women, tints=self.tints),
            reactive=pool(self.people, self.men, tints=self.tints),
            k=self.men.size,
            excluded=excluded(self.people, self.women, self.men, (self.blocked,)),
        )
        rows = np.repeat(np.arange(self.women.size, dtype=np.int32), np.diff(found.indptr))
        p, q = self.likes.between(self.women[rows], self.men[found.indices])
        may[rows, found.indices] = True
        w[rows, found.indices] = np.clip(p.astype(np.float64) * q, 1e-6, 1)
        return w, may

    def hands(self) -> dict[UUID, list[UUID]]:
        """For each who agreed to a personal order the first of those they see, so that all are seen alike."""
        return {**self._hands("f", self.women, self.men), **self._hands("m", self.men, self.women)}

    def _hands(self, side: str, owners: I32, shown: I32) -> dict[UUID, list[UUID]]:
        owners = owners[self.people.wants_order[owners]]
        if not owners.size or not shown.size:
            return {}
        cleared = clear(
            side=side,
            proactive=pool(self.people, owners, tints=self.tints),
            reactive=pool(self.people, shown, tints=self.tints),
            excluded=excluded(self.people, owners, shown, (self.blocked,)),
            likes=lambda i, j: self.likes.between(owners[i], shown[j]),
            plan=Plan(candidates=DEALT, length=DEALT),
            progress=Progress(),
        )
        targets = as_uuids(cleared.targets)
        return {
            owner: targets[cleared.indptr[at] : cleared.indptr[at + 1]]
            for at, owner in enumerate(as_uuids(cleared.owners))
        }


def room_of(event: Event, now: datetime) -> Room:
    people = market.people(now, which=_IN_EVENT, params={"event": event.pk})
    said = market.decisions(people)
    rows = np.arange(people.size, dtype=np.int32)
    return Room(
        people=people,
        women=rows[people.is_woman],
        men=rows[~people.is_woman],
        likes=learn(people, said),
        tints=tints_of(people, now=now),
        blocked=market.blocks(people),
    )


_STAYS_OPEN = "SELECT 1 FROM dating_event WHERE id = %s AND closed_at IS NULL FOR SHARE"


def deal(*, event_id: UUID, now: datetime) -> int:
    """Everybody's hand, anew. The close waits while hands are written, people who choose do not."""
    event = Event.objects.get(pk=event_id)
    if event.closed_at is not None:
        return 0
    hands = room_of(event, now).hands()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_STAYS_OPEN, [event_id])
        if cursor.fetchone() is None:
            return 0
        rows = list(Entrant.objects.filter(event=event, left_at=None).only("pk", "profile_id").order_by("pk"))
        for row in rows:
            row.hand = hands.get(row.profile_id, [])
        Entrant.objects.bulk_update(rows, ["hand"], batch_size=200)
    return len(hands)
