"""What somebody vouches for about me: that I am a real person, where I work, that I am single."""

from typing import Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from niangjia.core import access
from niangjia.core.attestations import selectors, services, texts
from niangjia.core.attestations.types import FactRow
from niangjia.core.orgs.models import Employer
from niangjia.core.orgs.selectors import find_employers
from niangjia.interfaces.api.requests import person_of
from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid

router = Router(tags=["facts"])


class Facts(Schema):
    items: list[FactRow]


class IdentityClaim(Schema):
    legal_name: str = Field(max_length=80)
    id_number: str = Field(max_length=40)


class FaceCheckWanted(IdentityClaim):
    return_url: str = Field(max_length=500)


class FaceCheckBegun(Schema):
    certify_id: str
    url: str


class FaceCheckDone(Schema):
    certify_id: str = Field(max_length=128, pattern=r"^[!-~]+$")


class DeskWanted(IdentityClaim):
    photos: list[UUID] = Field(min_length=1, max_length=4)
    district: str = Field(default="", max_length=12, pattern=r"^[0-9]*$")


class DeskAsked(Schema):
    receipt: str
    fact: FactRow


class EmployerFound(Schema):
    id: UUID
    name: str
    district: str

    @classmethod
    def of(cls, firm: Employer) -> "EmployerFound":
        return cls(id=firm.pk, name=firm.name, district=firm.district)


class Employers(Schema):
    items: list[EmployerFound]


class EmployerNamed(Schema):
    employer: UUID


class Employment(Schema):
    outcome: Literal["verified", "enterprise_asked", "union_asked"]
    fact: FactRow


class Pledge(Schema):
    version: str
    text: str


class PledgeSigned(Schema):
    version: str = Field(max_length=20)
    agreed: Literal[True]


@router.get("/facts", response=Facts)
@access.signed_in
def facts(request: HttpRequest) -> Any:
    return {"items": selectors.facts_of(person_of(request).pk, clock.now())}


@router.post("/facts/identity/start", response=FaceCheckBegun)
@access.signed_in
def start_identity(request: HttpRequest, wanted: FaceCheckWanted) -> Any:
    return services.start_identity(
        person=person_of(request),
        legal_name=wanted.legal_name,
        id_number=wanted.id_number,
        return_url=_way_back(request, wanted.return_url),
        now=clock.now(),
    )


def _way_back(request: HttpRequest, address: str) -> str:
    """The face check sends people back to our own pages, never to where a stranger's link points."""
    home = f"{request.scheme}://{request.get_host()}"
    full = home + address if address.startswith("/") and not address.startswith("//") else address
    if _origin(full) != home or "\\" in full:
        hint = _("This is not an address of ours.")
        raise Invalid(hint, fields={"return_url": hint})
    return full


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that are no IPv6 address
        return ""
    return f"{parts.scheme}://{parts.netloc}"


@router.post("/facts/identity/finish", response=FactRow)
@access.signed_in
def finish_identity(request: HttpRequest, done: FaceCheckDone) -> Any:
    return services.finish_identity(person=person_of(request), certify_id=done.certify_id, now=clock.now())


@router.post("/facts/identity/desk", response=DeskAsked)
@access.signed_in
def identity_by_desk(request: HttpRequest, wanted: DeskWanted) -> Any:
    person, now = person_of(request), clock.now()
    asked = services.request_by_document(person=person, now=now, **wanted.dict())
    return {"receipt": asked.receipt, "fact": selectors.fact_of(person.pk, "real_person", now)}


@router.get("/facts/employers", response=Employers)
@access.signed_in
def employers(request: HttpRequest, q: str = "") -> Any:
    return {"items": [EmployerFound.of(firm) for firm in find_employers(q[:60], limit=20)]}


@router.post("/facts/employer", response=Employment)
@access.signed_in
def employer(request: HttpRequest, named: EmployerNamed) -> Any:
    return services.claim_employer(person=person_of(request), employer_id=named.employer, now=clock.now())


@router.post("/facts/left-employer", response=FactRow)
@access.signed_in
def left_employer(request: HttpRequest) -> Any:
    return services.declare_left(person=person_of(request), now=clock.now())


@router.get("/facts/pledge", response=Pledge)
@access.signed_in
def pledge(request: HttpRequest) -> Any:
    return {"version": texts.PLEDGE_VERSION, "text": str(texts.PLEDGE)}


@router.post("/facts/single", response=FactRow)
@access.signed_in
def sign_pledge(request: HttpRequest, signed: PledgeSigned) -> Any:
    return services.sign_pledge(person=person_of(request), version=signed.version, now=clock.now())


@router.post("/facts/no-longer-single", response=FactRow)
@access.signed_in
def no_longer_single(request: HttpRequest) -> Any:
    return services.declare_no_longer_single(person=person_of(request), now=clock.now())
