"""My account: settings, what is known of me, who looked, what leaves with me."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema

from niangjia.core import access
from niangjia.core.accounts import services
from niangjia.core.accounts.models import Person
from niangjia.core.attestations import selectors as attestations
from niangjia.core.endpoints import answer
from niangjia.interfaces.api.requests import person_of
from niangjia.interfaces.api.types import Me
from niangjia.kernel import clock

router = Router(tags=["me"])


class Settings(Schema):
    language: Literal["zh-hans", "en"] | None = None
    large_type: bool | None = None


def me_of(person: Person) -> Me:
    facts, waiting = attestations.facts_and_unread(person.pk, clock.now())
    return Me.of(person, verified=facts, waiting=waiting)


@router.get("/me", response=Me)
@access.signed_in
def me(request: HttpRequest) -> Any:
    return answer(me_of(person_of(request)))


@router.post("/me/settings", response=Me)
@access.signed_in
def settings(request: HttpRequest, wanted: Settings) -> Me:
    return me_of(services.change_settings(person=person_of(request), **wanted.dict()))
