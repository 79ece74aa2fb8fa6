"""The page for somebody who stands at the desk with their document."""

from typing import Any

import pytest

from niangjia.core.attestations.models import Attestation

pytestmark = pytest.mark.django_db

WRITTEN = {"phone": "19900000321", "legal_name": "王小兰", "id_number": "330106199003070022", "original_seen": "1"}


def test_what_was_typed_stays_when_something_is_wrong(staff: Any) -> None:
    officer = staff("union_officer", "xihu")
    refused = officer.post("/console/verify/in-person", {**WRITTEN, "id_number": "330106199003070023"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert all(value in page for value in ("19900000321", "王小兰", "330106199003070023"))
    assert page.count('aria-invalid="true"') == 1
    assert "checked" in page


def test_send_a_code_be_told_it_and_the_person_is_verified(staff: Any, phones: Any, jobs: Any) -> None:
    officer = staff("union_officer", "xihu")
    sent = officer.post("/console/verify/in-person", WRITTEN)
    jobs.run()
    challenge = sent.context["challenge"]
    wrong = officer.post("/console/verify/in-person", {**WRITTEN, "told": "1", "challenge": challenge, "code": "x"})
    assert wrong.status_code == 422
    assert str(challenge) in wrong.content.decode()
    done = officer.post(
        "/console/verify/in-person",
        {**WRITTEN, "told": "1", "challenge": challenge, "code": phones.code("19900000321")},
    )
    assert done["Location"] == "/console/verify?told=verified"
    assert Attestation.objects.filter(kind="real_person", method="document").count() == 1
