"""People on their way to being verified, and a face check whose other side the test controls."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from conftest import NOW
from niangjia.core import ports
from niangjia.core.accounts.models import Person
from niangjia.core.attestations import services
from niangjia.core.attestations.models import Attestation
from niangjia.core.consent import services as consent
from niangjia.core.consent.types import PURPOSES
from niangjia.core.orgs.models import Employer, Org

ALICE_ID, BOB_ID, CHARLIE_ID = "330106199003070022", "330106199203150019", "330106198805050037"
CHILD_ID = "330106201205050038"


@dataclass
class FaceCheck:
    """The provider as the port describes it. `answers` are what it says, by certify_id; missing means not finished."""

    started: list[dict[str, str]] = field(default_factory=list)
    answers: dict[str, ports.CertifyResult] = field(default_factory=dict)
    down: bool = False
    asked: int = 0

    def start(self, *, order_no: str, legal_name: str, id_number: str, return_url: str) -> ports.CertifyStart:
        if self.down:
            raise ports.ProviderUnavailable("down")
        self.started.append({"order_no": order_no, "legal_name": legal_name, "id_number": id_number})
        return ports.CertifyStart(certify_id=f"c-{order_no}", url=f"https://face.example/{order_no}")

    def result(self, *, certify_id: str) -> ports.CertifyResult:
        self.asked += 1
        if self.down:
            raise ports.ProviderUnavailable("down")
        return self.answers.get(certify_id, ports.CertifyResult(passed=False, certify_id=certify_id))

    def passes(self, certify_id: str) -> None:
        self.answers[certify_id] = ports.CertifyResult(passed=True, certify_id=certify_id)

    def fails(self, certify_id: str) -> None:
        self.answers[certify_id] = ports.CertifyResult(passed=False, certify_id=certify_id, reason="NOT_THE_SAME")


@pytest.fixture
def face(monkeypatch: pytest.MonkeyPatch) -> FaceCheck:
    face = FaceCheck()
    monkeypatch.setattr(ports, "identity", lambda: face)
    return face


@pytest.fixture
def agreeing(make_person: Callable[..., Person]) -> Callable[..., Person]:
    """A person who agreed to everything we ask."""

    def make(number: int = 1, **facts: Any) -> Person:
        person = make_person(number, **facts)
        for purpose in PURPOSES:
            consent.give(person_id=person.pk, purpose=purpose, now=NOW)
        return person

    return make


@pytest.fixture
def real(agreeing: Callable[..., Person], face: FaceCheck) -> Callable[..., Person]:
    """A person who passed the face check."""

    def make(number: int = 1, legal_name: str = "王小兰", id_number: str = ALICE_ID) -> Person:
        person = agreeing(number)
        begun = services.start_identity(
            person=person, legal_name=legal_name, id_number=id_number, return_url="/", now=NOW
        )
        face.passes(begun.certify_id)
        services.finish_identity(person=person, certify_id=begun.certify_id, now=NOW)
        person.refresh_from_db()
        return person

    return make


@pytest.fixture
def firm_of(db: None) -> Callable[..., Employer]:
    """An employer whose workers `org` answers for."""

    def make(org: Org, name: str = "西湖龙井茶厂", uscc: str = "91330106MA27XXXX0A") -> Employer:
        return Employer.objects.create(name=name, uscc=uscc, district="330106", org=org, created_at=NOW)

    return make


def living(person: Person, kind: str) -> Attestation | None:
    return Attestation.objects.filter(person=person, kind=kind, fallen_at=None).first()
