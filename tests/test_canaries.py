"""A planted ID number, phone number and name appear nowhere: no table, file, log or queue (check E3)."""

import base64
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from niangjia.core import ports
from niangjia.core.access.selectors import actor_of
from niangjia.core.accounts.models import Bucket, Person, Session
from niangjia.core.accounts.sessions import SessionStore
from niangjia.core.attestations import services as attestations
from niangjia.core.attestations.models import Request
from niangjia.core.files.tests.conftest import picture_of
from niangjia.core.orgs.models import Employer, Org
from niangjia.kernel import clock

PHONE, NAME, NUMBER, PLACE = "19912345678", "欧阳金丝雀", "330106199003070022", "30.2741N-120.1551E"
CANARIES = (PHONE, NAME, NUMBER, PLACE)


class FaceCheck:
    def start(self, *, order_no: str, **_claim: str) -> ports.CertifyStart:
        return ports.CertifyStart(certify_id=order_no, url="https://face.example/")

    def result(self, *, certify_id: str) -> ports.CertifyResult:
        return ports.CertifyResult(passed=True, certify_id=certify_id)


def forms(canary: str) -> Iterator[bytes]:
    """As it is, and as programs write it: escaped, in hex, in base64 at each of three offsets."""
    raw = canary.encode()
    yield from (raw, json.dumps(canary)[1:-1].encode(), raw.hex().encode(), canary.encode("utf-16-le"))
    for offset in range(3):
        yield base64.b64encode(b"x" * offset + raw)[4 if offset else 0 : -4]


def found(haystack: bytes) -> list[str]:
    return [canary for canary in CANARIES if any(form in haystack for form in forms(canary))]


def dump() -> bytes:
    """Every table as pg_dump would write it."""
    out = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                out += b"".join(bytes(part) for part in copy)
    return out


def files() -> bytes:
    return b"".join(path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


@pytest.fixture
def lived(
    phones: Any,
    jobs: Any,
    api: Callable[..., Any],
    make_person: Callable[..., Person],
    grant: Any,
    tree: dict[str, Org],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> Any:
    """A person who does all that leaves traces: signs in, sends documents, is verified, names an employer."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="django.request")  # refusals too, which an installation does not write
    monkeypatch.setattr(ports, "identity", FaceCheck)
    firm = Employer.objects.create(
        name="茶厂", uscc="91330106MA27XXXX0A", district="330106", org=tree["firm_a"], created_at=clock.now()
    )
    phone = api()
    sent = phone.post("sign-in/code", phone=PHONE)
    waiting = list(jobs.connector.jobs.values())
    jobs.run()
    phone.post("sign-in/verify", phone=PHONE, challenge=sent["challenge"], code=phones.code(PHONE))
    for purpose in ("real_person_face", "id_document", "employer_check", "marital"):
        phone.post("consents", purpose=purpose, given=True)
    photo = upload(phone)
    claim = {"legal_name": NAME, "id_number": NUMBER}
    phone.post("facts/identity/desk", **claim, photos=[photo["id"]])
    refuse(grant, make_person, tree)
    phone.post("facts/identity/start", **claim, return_url="ftp://x")  # refused: errors leave traces too
    phone.post("facts/identity/start", legal_name=NAME, id_number=NUMBER[:-1] + "3", return_url="/")
    begun = phone.post("facts/identity/start", **claim, return_url="/")
    assert phone.post("facts/identity/finish", certify_id=begun["certify_id"])["state"] == "verified"
    phone.post("facts/employer", employer=str(firm.pk))
    assert phone.post("facts/single", version=phone.get("facts/pledge")["version"], agreed=True)["state"] == "verified"
    for page in ("me", "home", "facts", "inbox", "looks", "consents", "me/export"):
        phone.get(page)
        assert phone.status == 200, page
    phone.jobs = waiting + list(jobs.connector.jobs.values())
    return phone


def upload(phone: Any) -> Any:
    exif = Image.Exif()
    exif[0x010E] = f"{NAME} {NUMBER} {PLACE}"
    file = SimpleUploadedFile(f"{NAME}.jpg", picture_of(exif=exif), "image/jpeg")
    sent = phone._answer(phone.client.post("/api/v1/photos", {"file": file, "purpose": "identity"}))
    assert phone.status == 200, sent
    return sent


def refuse(grant: Any, make_person: Callable[..., Person], tree: dict[str, Org]) -> None:
    officer = make_person(90)
    grant(officer, "union_officer", tree["province"])
    now = clock.now()
    actor = actor_of(person_id=officer.pk, is_staff=True, second_factor_at=now)
    request = Request.objects.get(state="waiting")
    assert attestations.open_request(actor=actor, request_id=request.pk, now=now).legal_name == NAME
    attestations.decide(actor=actor, request_id=request.pk, accept=False, reason="看不清", now=now)


def test_the_search_finds_what_is_there(db: None) -> None:
    """A leak test that cannot fail proves nothing."""
    for canary in CANARIES:
        for form in forms(canary):
            assert found(b"before" + form + b"after") == [canary]
    Bucket.objects.create(key=NAME, count=1, ends_at=clock.now())
    assert found(dump()) == [NAME]


def test_no_table_holds_a_canary(lived: Any) -> None:
    assert Person.objects.filter(phone_index__isnull=False).count() == 2  # the person and the officer
    assert found(dump()) == []


def test_no_session_holds_a_canary(lived: Any) -> None:
    sessions = [json.dumps(SessionStore().decode(row.session_data)).encode() for row in Session.objects.all()]
    assert sessions
    assert found(b"\n".join(sessions)) == []


def test_no_file_holds_a_canary_or_a_readable_picture(lived: Any) -> None:
    kept = files()
    assert len(kept) > 1_000
    assert found(kept) == []
    assert b"JFIF" not in kept


def test_no_log_line_holds_a_canary(lived: Any, caplog: pytest.LogCaptureFixture) -> None:
    records = caplog.get_records("setup")
    assert any(record.name == "django.request" for record in records)
    lines = "\n".join(f"{record.getMessage()} {record.args} {record.exc_text}" for record in records)
    assert found(lines.encode()) == []


def test_no_job_in_the_queue_holds_a_canary(lived: Any) -> None:
    assert lived.jobs
    assert found(json.dumps([job["args"] for job in lived.jobs], ensure_ascii=False).encode()) == []
