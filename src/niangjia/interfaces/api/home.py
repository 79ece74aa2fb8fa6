"""Home, as a family would put it: what waits for you, and what you can do now."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from ninja import Router, Schema

from niangjia.core import access
from niangjia.core.attestations import selectors as attestations
from niangjia.core.messages import selectors as messages
from niangjia.core.messages.announcements import standing_above
from niangjia.core.orgs.models import Org
from niangjia.core.registry import Service, scenes
from niangjia.interfaces.api.requests import person_of
from niangjia.kernel import clock
from niangjia.kernel.china import sentences

router = Router(tags=["home"])
SHOWN = 3  # announcements


class Waiting(Schema):
    code: str
    title: str
    body: str
    route: str


class ServiceOut(Schema):
    code: str
    title: str
    subtitle: str
    icon: str
    route: str
    ready: bool
    next: str

    @classmethod
    def of(cls, service: Service, person_id: UUID, now: datetime) -> "ServiceOut":
        ready, then = service.state(person_id, now)
        return cls(
            code=service.code,
            title=str(service.title),
            subtitle=str(service.subtitle),
            icon=service.icon,
            route=service.route,
            ready=ready,
            next=str(then),
        )


class Told(Schema):
    """An announcement of a union that is responsible for me."""

    id: UUID
    title: str
    body: str
    by: str
    at: datetime


class Home(Schema):
    waiting: list[Waiting]
    services: list[ServiceOut]
    announcements: list[Told]


@router.get("/home", response=Home)
@access.signed_in
def home(request: HttpRequest) -> Any:
    me, now = person_of(request).pk, clock.now()
    waiting = [*_next_fact(me, now), *_unread(me)]
    for scene in scenes():
        waiting += [Waiting(**item) for item in scene.waiting(me, now)] if scene.waiting else []
    services = [ServiceOut.of(service, me, now) for scene in scenes() for service in scene.services]
    return {"waiting": waiting, "services": services, "announcements": _announcements(me, now)}


def _announcements(person_id: UUID, now: datetime) -> list[Told]:
    """The newest of the unions above my employer; who has no verified employer belongs to none yet."""
    employer = attestations.employer_of(person_id=person_id, now=now)
    if employer is None:
        return []
    standing = standing_above(Org.objects.get(employers=employer).path, step=Org.steplen)[:SHOWN]
    return [
        Told(id=row.pk, title=row.title, body=row.body, by=row.org.name, at=row.published_at or now) for row in standing
    ]


def _next_fact(person_id: UUID, now: datetime) -> list[Waiting]:
    """One thing at a time: the first fact that is missing or has fallen."""
    for fact in attestations.facts_of(person_id, now):
        if fact.state in ("none", "fallen"):
            title = _("A verification has fallen") if fact.state == "fallen" else _("Let us get you verified")
            body = sentences(fact.why, fact.next)
            return [Waiting(code=f"fact_{fact.kind}", title=title, body=body, route="/facts")]
        if fact.state == "waiting" and fact.kind == "real_person":
            return []
    return []


def _unread(person_id: UUID) -> list[Waiting]:
    count = messages.unread(person_id)
    if not count:
        return []
    title = ngettext("{count} message for you", "{count} messages for you", count).format(count=count)
    return [Waiting(code="inbox", title=title, body=_("Have a look when you have a minute."), route="/inbox")]
