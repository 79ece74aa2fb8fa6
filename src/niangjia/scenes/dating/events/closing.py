"""The close: what is mutual comes out, to the two and at once; everything else is destroyed in the same moment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.audit import services as audit
from niangjia.core.messages import services as messages
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.events import asking, errors, sealing
from niangjia.scenes.dating.events.sealing import Choice
from niangjia.scenes.dating.models import Entrant, Event, Signal
from niangjia.scenes.dating.models.events import Kind, State
from niangjia.scenes.dating.policies import STANDING, born_by
from niangjia.scenes.dating.types import ADULT

Couple = tuple[UUID, UUID]  # two profiles, the smaller id first


@transaction.atomic
def close(*, event_id: UUID, now: datetime) -> Event:
    """Once, whoever asks how often. Choices that were on their way when it began are in; those after it are refused."""
    event = Event.objects.select_for_update().filter(pk=event_id).first()
    if event is None:
        raise errors.missing()
    if event.closed_at is not None or event.state != State.PUBLISHED:
        return event
    if now < event.closes_at:
        raise Conflict(_("It is still open."), code="not_closed", next_step=_("It closes by itself, to the second."))
    people = list(Entrant.objects.select_for_update().filter(event=event, left_at=None).order_by("pk"))
    choices = {
        row.profile_id: sealing.unseal(bytes(row.sealed), key=event.key, entrant=row.pk) for row in people if row.sealed
    }
    found = apart(mutual(choices), now)
    join(found, now)
    _publish(event, choices, found, now)
    _destroy(event)
    _tell(event, people, found, now)
    audit.record(action="dating.event_closed", actor_id=None, subject_id=None, target=("event", str(event.pk)), now=now)
    if event.kind == Kind.SELECTION:
        asking.for_a_second_round(event.pk)
    return event


def mutual(choices: Mapping[UUID, Choice]) -> list[Couple]:
    """Who chose each other."""
    chosen = {one: frozenset(choice.ids) for one, choice in choices.items()}
    return sorted(
        (one, other) for one, ids in chosen.items() for other in ids if one < other and one in chosen.get(other, ())
    )


# Between choosing and the close somebody may have been blocked, shut out, or have become a colleague.
_STILL = f"""
SELECT a.id, b.id
  FROM unnest(%(ones)s::uuid[], %(others)s::uuid[]) AS c (one, other)
  JOIN dating_profile a ON a.id = c.one JOIN dating_profile b ON b.id = c.other
 WHERE {STANDING.format(p="a")} AND {STANDING.format(p="b")}
   AND NOT EXISTS (SELECT FROM dating_block k WHERE (k.blocker_id, k.blocked_id) IN ((a.id, b.id), (b.id, a.id)))
   AND (a.employer_id IS DISTINCT FROM b.employer_id OR (a.see_colleagues AND b.see_colleagues))
 ORDER BY a.id, b.id
"""  # noqa: S608  # only our own text


def apart(couples: Sequence[Couple], now: datetime) -> list[Couple]:
    """Those of the couples whom nothing keeps apart, locked against anything that would meanwhile."""
    keys = sorted(one.hex + other.hex for one, other in couples)
    given = {"now": now, "adult": born_by(clock.today(now), ADULT)}
    with connection.cursor() as cursor:
        for key in keys:  # in one order, as `services.decisions.lock_two` names them: nobody waits for us in a circle
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        cursor.execute(_STILL, {**given, "ones": [c[0] for c in couples], "others": [c[1] for c in couples]})
        return [(row[0], row[1]) for row in cursor.fetchall()]


_DECIDE = """
INSERT INTO dating_decision (id, chooser_id, chosen_id, said, at)
SELECT c.id, c.chooser, c.chosen, 'yes', %s FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[]) AS c (id, chooser, chosen)
ON CONFLICT (chooser_id, chosen_id) DO UPDATE SET said = 'yes', at = EXCLUDED.at
"""
_PAIR = """
INSERT INTO dating_pair (id, first_id, second_id, since)
SELECT c.id, c.one, c.other, %s FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[]) AS c (id, one, other)
ON CONFLICT (first_id, second_id) DO UPDATE SET since = EXCLUDED.since, ended_at = NULL
 WHERE dating_pair.ended_at IS NOT NULL
"""


def join(couples: Sequence[Couple], now: datetime) -> None:
    """They are a pair of dating, as if each had said yes on the other's profile."""
    both = [*couples, *((other, one) for one, other in couples)]
    with connection.cursor() as cursor:
        cursor.execute(_DECIDE, [now, [new_id() for _c in both], [c[0] for c in both], [c[1] for c in both]])
        ones, others = [c[0] for c in couples], [c[1] for c in couples]
        cursor.execute(_PAIR, [now, [new_id() for _c in couples], ones, others])


def _publish(event: Event, choices: Mapping[UUID, Choice], found: Sequence[Couple], now: datetime) -> None:
    """Numbers, and the fingerprints by which everybody can check that their choice was counted as they made it."""
    prints = sorted(sealing.fingerprint(choice, event.pk) for choice in choices.values())
    event.closed_at, event.entrants, event.pairs = now, len(choices), len(found)
    event.picked = sum(len(choice.ids) for choice in choices.values())
    event.proof = {
        "event": str(event.pk),
        "title": event.title,
        "closed_at": now.isoformat(),
        "entrants": len(choices),
        "pairs": len(found),
        "commitment": sealing.commitment(prints),
        "fingerprints": prints,
    }


def _destroy(event: Event) -> None:
    """The key and every sealed choice; signals of calls too."""
    event.key = ""
    event.save()
    Entrant.objects.filter(event=event).update(sealed=b"", hand=[])
    Signal.objects.filter(talk__event=event).delete()


def _tell(event: Event, people: Iterable[Entrant], found: Sequence[Couple], now: datetime) -> None:
    """Everybody, at once. Who found somebody sees whom on the page; no name that would outlive a block."""
    lucky = {key for couple in found for key in couple}
    ids = [row.pk for row in people]
    rows = Entrant.objects.filter(pk__in=ids).order_by("profile__person_id")
    told = list(rows.values_list("profile_id", "profile__person_id"))
    for template, wanted in (("dating_event_pair", True), ("dating_event_none", False)):
        messages.send_many(
            person_ids=[person for profile, person in told if (profile in lucky) == wanted],
            template=template,
            params={"title": event.title},
            now=now,
        )
