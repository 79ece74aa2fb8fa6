"""What tests of events share: an organiser, events of each kind, and people who have entered."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.orgs.models import Org
from niangjia.scenes.dating.events import entering, publishing
from niangjia.scenes.dating.events.types import Plan
from niangjia.scenes.dating.models import Event, Profile

HOUR = timedelta(hours=1)


class Ground:
    """Makes events around one moment, which is also the clock of everybody here."""

    def __init__(self, actor: Actor, org: Org, now: datetime) -> None:
        self.actor, self.org, self.now = actor, org, now

    def event(self, kind: str = "selection", **words: Any) -> Event:
        rounds = {} if kind == "selection" else {"rounds": 3, "tables": 10, "minutes": 5}
        given: dict[str, Any] = {
            "kind": kind,
            "title": "千人互选",
            "opens_at": self.now - HOUR,
            "closes_at": self.now + HOUR,
            "places": 50,
            "picks": 2 if kind == "selection" else 0,
            **rounds,
            **words,
        }
        made = publishing.draft(actor=self.actor, org_id=self.org.pk, plan=Plan(**given), now=self.now)
        return publishing.publish(actor=self.actor, event_id=made.pk, now=self.now)

    def enter(self, event: Event, *people: Profile) -> None:
        for profile in people:
            entering.enter(person_id=profile.person_id, event_id=event.pk, key=uuid4(), now=self.now, clock=self.now)


def ground(make_person: Callable[..., Any], grant: Callable[..., Any], tree: dict[str, Org], now: datetime) -> Ground:
    staff = make_person(900)
    grant(staff, "union_officer", tree["hangzhou"])
    actor = Actor(person_id=staff.pk, grants=tuple(grants_of(staff.pk)), second_factor_at=now)
    return Ground(actor, tree["hangzhou"], now)


def same(ids: Any) -> set[UUID]:
    return {UUID(str(key)) for key in ids}
