"""A second round for those who found nobody: the engine proposes, the two are asked in private. Only the worker imports
this; answers come in by `answering`."""

from datetime import datetime
from uuid import UUID

import numpy as np
from django.db import transaction
from django.db.models import Q

from niangjia.core.messages import services as messages
from niangjia.engines.matching.kernels.selection.pairs import best_pairs
from niangjia.engines.matching.kernels.selection.verify import optimality_gap
from niangjia.scenes.dating.events.room import Room, room_of
from niangjia.scenes.dating.events.types import SECOND_LASTS
from niangjia.scenes.dating.models import Decision, Entrant, Event, Pair, Proposal

_EXACT = 1e-6


@transaction.atomic
def offer(*, event_id: UUID, now: datetime) -> int:
    """Pairs of the greatest total weight among the unmatched, everybody in one at most; returns how many are asked.

    Weighed by what the engine knows of everybody; choices that were not returned are destroyed and play no part.
    """
    event = Event.objects.select_for_update().get(pk=event_id)
    if event.closed_at is None or event.second_until is not None:
        return 0
    room = room_of(event, now)
    weights, may = room.weights()
    _leave_out(event, room, may)
    weights[~may] = 0
    found = best_pairs(weights, allowed=may)
    gap = optimality_gap(found, weights, allowed=may)
    couples = found.as_list() if gap <= _EXACT * (1 + weights.sum()) else []
    _ask(event, room, couples, now)
    event.second_until = now + SECOND_LASTS
    event.second = {
        "asked": len(couples),
        "weight": round(float(sum(weights[i, j] for i, j in couples)), 6),
        "bound": round(float(found.u.sum() + found.v.sum() - found.bonus * len(couples)), 6),
    }
    event.save(update_fields=["second", "second_until"])
    return len(couples)


def _leave_out(event: Event, room: Room, may: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> None:
    """Who found somebody here; and any two of whom one has passed the other, or who are a pair already."""
    women = {key: at for at, key in enumerate(room.ids_of(room.women))}
    men = {key: at for at, key in enumerate(room.ids_of(room.men))}
    both = [*women, *men]
    pairs = Pair.objects.filter(first__in=both, second__in=both, ended_at=None).values_list("first", "second", "since")
    for first, second, since in pairs:
        woman, man = (first, second) if first in women else (second, first)
        if woman not in women or man not in men:
            continue
        may[women[woman], men[man]] = False
        if event.closed_at is not None and since >= event.closed_at:
            may[women[woman], :] = may[:, men[man]] = False
    passed = Decision.objects.filter(Q(said="pass"), chooser__in=both, chosen__in=both)
    for one, other in passed.values_list("chooser", "chosen"):
        woman, man = (one, other) if one in women else (other, one)
        if woman in women and man in men:
            may[women[woman], men[man]] = False


def _ask(event: Event, room: Room, couples: list[tuple[int, int]], now: datetime) -> None:
    rows = {row.profile_id: row for row in Entrant.objects.filter(event=event, left_at=None).select_related("profile")}
    women, men = room.ids_of(room.women), room.ids_of(room.men)
    asked = [(rows[women[i]], rows[men[j]]) for i, j in couples]
    Proposal.objects.bulk_create(Proposal(event=event, woman=woman, man=man) for woman, man in asked)
    people = sorted(row.profile.person_id for couple in asked for row in couple)
    messages.send_many(person_ids=people, template="dating_event_second", params={"title": event.title}, now=now)
