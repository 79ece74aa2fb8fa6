"""Whom a matchmaker should introduce, by the engine's own measure (kernel `introductions`): those who gain most by it.

Only the worker imports this: numba and LightGBM have no place in a web process.
"""

from datetime import datetime
from uuid import UUID

import numpy as np
from django.db import transaction

from niangjia.engines.matching.kernels.eligibility import candidates
from niangjia.engines.matching.kernels.introductions import introductions
from niangjia.engines.matching.kernels.market import Market
from niangjia.engines.matching.types import as_uuids
from niangjia.scenes.dating.desk.models import Introduction, Record, Station, Suggestion
from niangjia.scenes.dating.recommend.likes import learn
from niangjia.scenes.dating.recommend.pools import excluded, pool, tints_of
from niangjia.scenes.dating.selectors import market

EACH = 12
AROUND = 60
_OF_CENTRE = """
p.person_id IN (SELECT r.person_id FROM dating_desk_record r JOIN dating_desk_station s ON s.id = r.station_id
                 WHERE r.frozen_at IS NULL AND COALESCE(s.centre_id, s.id) = %(centre)s)
"""


def suggest_all(*, now: datetime) -> int:
    """For every centre with its stations."""
    centres = Station.objects.filter(centre=None, closed_at=None).order_by("pk")
    return sum(suggest(centre=centre, now=now) for centre in centres)


def suggest(*, centre: Station, now: datetime) -> int:
    """The list of one centre, anew."""
    found = _best(centre.pk, now)
    by_person = {
        row.person_id: row for row in Record.objects.filter(person_id__in={p for pair in found for p in pair[:2]})
    }
    rows = []
    for place, (one, other, match, reasons) in enumerate(found):
        first, second = sorted((by_person[one], by_person[other]), key=lambda row: row.pk)
        rows.append(
            Suggestion(
                station=first.station, one=first, other=second, place=place, match=match, reasons=reasons, made_at=now
            )
        )
    with transaction.atomic():
        Suggestion.objects.filter(one__station__in=[centre.pk, *centre.branches.values_list("pk", flat=True)]).delete()
        Suggestion.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _best(centre: UUID, now: datetime) -> list[tuple[UUID, UUID, float, list[str]]]:
    """Persons, not profiles: (one, other, how likely, why)."""
    people = market.people(now, which=_OF_CENTRE, params={"centre": centre})
    everybody = np.arange(people.size, dtype=np.int32)
    women, men = everybody[people.is_woman], everybody[~people.is_woman]
    if not women.size or not men.size:
        return []
    tints, blocked = tints_of(people, now=now), market.blocks(people)
    found = candidates(
        proactive=pool(people, women, tints=tints),
        reactive=pool(people, men, tints=tints),
        k=min(AROUND, men.size),
        excluded=excluded(people, women, men, (blocked,)),
    )
    rows = np.repeat(np.arange(women.size, dtype=np.int32), np.diff(found.indptr))
    p, q = learn(people, market.decisions(people)).between(women[rows], men[found.indices])
    edges = Market(indptr=found.indptr, indices=found.indices, p=p, q=q, n_reactive=men.size)
    told = introductions(edges, np.zeros(p.size), count=EACH * 4)
    owners = _persons(as_uuids(people.ids))
    before = _introduced()
    pairs = [(owners[women[row.i]], owners[men[row.j]], row.match, [str(r) for r in row.reasons]) for row in told]
    return [pair for pair in pairs if frozenset(pair[:2]) not in before][:EACH]


def _persons(profiles: list[UUID]) -> list[UUID]:
    owner = dict(
        Record.objects.filter(person__dating_profile__in=profiles).values_list("person__dating_profile", "person")
    )
    return [owner[key] for key in profiles]


def _introduced() -> set[frozenset[UUID]]:
    rows = Introduction.objects.values_list("one__person", "other__person")
    return {frozenset(pair) for pair in rows}
