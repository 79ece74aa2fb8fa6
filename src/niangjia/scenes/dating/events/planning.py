"""Who sits with whom: the best plan for those who are here, proved to be so. Only the worker imports this."""

from datetime import datetime
from uuid import UUID

import numpy as np
from django.db import transaction
from django.db.models import Q

from niangjia.engines.matching.kernels.rounds.evening import evening
from niangjia.engines.matching.kernels.rounds.plan import plan
from niangjia.scenes.dating.events.room import room_of
from niangjia.scenes.dating.models import Entrant, Event, Talk


@transaction.atomic
def plan_rounds(*, event_id: UUID, now: datetime) -> int:
    """The rounds to come, anew; what was talked stays, and no two talk twice. Returns how many talks are planned."""
    event = Event.objects.select_for_update().get(pk=event_id)
    if event.closed_at is not None or event.round >= event.rounds:
        return 0
    room = room_of(event, now)
    entrants = {row.profile_id: row for row in Entrant.objects.filter(event=event, left_at=None).exclude(here="away")}
    women, men = room.ids_of(room.women), room.ids_of(room.men)
    weights, may = room.weights()
    may &= np.array([key in entrants for key in women], dtype=bool)[:, None]
    may &= np.array([key in entrants for key in men], dtype=bool)[None, :]
    held = Talk.objects.filter(Q(round__lte=event.round), event=event)
    for woman, man in held.values_list("woman__profile_id", "man__profile_id"):
        if woman in women and man in men:
            may[women.index(woman), men.index(man)] = False
    found = plan(evening(weights, rounds=event.rounds - event.round, tables=event.tables, forbidden=~may))
    Talk.objects.filter(event=event, round__gt=event.round).delete()
    talks = [
        Talk(event=event, round=event.round + 1 + r, table=t + 1, woman=entrants[women[i]], man=entrants[men[j]])
        for r, t, i, j in found.meetings.tolist()
    ]
    Talk.objects.bulk_create(talks)
    event.planned_at = now
    event.save(update_fields=["planned_at"])
    return len(talks)
