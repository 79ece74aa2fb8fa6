"""What I agreed to, one by one; each is given and taken back with one tap."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from niangjia.core import access
from niangjia.core.consent import selectors, services
from niangjia.core.consent.selectors import Standing
from niangjia.interfaces.api.requests import person_of
from niangjia.kernel import clock

router = Router(tags=["consents"])


class Consent(Schema):
    purpose: str
    title: str
    text: str
    version: str
    sensitive: bool
    given: bool
    given_at: datetime | None

    @classmethod
    def of(cls, standing: Standing) -> "Consent":
        asked = standing.purpose
        return cls(
            purpose=asked.code,
            title=str(asked.title),
            text=str(asked.text),
            version=asked.version,
            sensitive=asked.sensitive,
            given=standing.given,
            given_at=standing.given_at,
        )


class Consents(Schema):
    items: list[Consent]


class Answer(Schema):
    purpose: str = Field(max_length=60)
    given: bool


def _of(request: HttpRequest) -> dict[str, Any]:
    return {"items": [Consent.of(standing) for standing in selectors.standing(person_id=person_of(request).pk)]}


@router.get("/consents", response=Consents)
@access.signed_in
def consents(request: HttpRequest) -> Any:
    return _of(request)


@router.post("/consents", response=Consents)
@access.signed_in
def answer(request: HttpRequest, said: Answer) -> Any:
    act = services.give if said.given else services.withdraw
    act(person_id=person_of(request).pk, purpose=said.purpose, now=clock.now())
    return _of(request)
