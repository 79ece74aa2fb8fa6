"""That somebody is a real person, by a face check (check G7)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW
from niangjia.core import ports
from niangjia.core.accounts.models import Person
from niangjia.core.attestations import selectors, services
from niangjia.core.attestations.models import IdentityCheck
from niangjia.core.attestations.services import identity
from niangjia.core.attestations.tests.conftest import ALICE_ID, BOB_ID, CHILD_ID, FaceCheck, living
from niangjia.core.attestations.types import FACTS_CHANGED
from niangjia.kernel import clock, errors


def begin(person: Person, id_number: str = ALICE_ID, legal_name: str = "王小兰", now: Any = NOW) -> str:
    return services.start_identity(
        person=person, legal_name=legal_name, id_number=id_number, return_url="/", now=now
    ).certify_id


def finish(person: Person, certify_id: str, now: Any = NOW) -> Any:
    return services.finish_identity(person=person, certify_id=certify_id, now=now)


def test_a_face_that_fits_makes_a_real_person(agreeing: Callable[..., Person], face: FaceCheck) -> None:
    alice = agreeing(1)
    begun = begin(alice, legal_name=" 王小兰 ", id_number=ALICE_ID.lower())
    face.passes(begun)
    fact = finish(alice, begun)
    assert (fact.state, fact.method, fact.since) == ("verified", "face", NOW)
    alice.refresh_from_db()
    assert (alice.legal_name, alice.id_number, alice.sex) == ("王小兰", ALICE_ID, "f")
    assert str(alice.birth_date) == "1990-03-07"


def test_each_order_number_is_new_and_32_characters(agreeing: Callable[..., Person], face: FaceCheck) -> None:
    alice = agreeing(1)
    begin(alice)
    begin(alice)
    first, second = (order["order_no"] for order in face.started)
    assert first != second
    assert len(first) == len(second) == 32


def test_what_the_phone_says_of_the_result_counts_for_nothing(
    agreeing: Callable[..., Person], face: FaceCheck, api: Callable[..., Any]
) -> None:
    alice = agreeing(1)
    phone = api(alice)
    begun = begin(alice, now=clock.now())
    phone.post("facts/identity/finish", certify_id=begun, passed="T", state="verified")
    assert phone.status == 409
    assert living(alice, "real_person") is None
    face.fails(begun)
    phone.post("facts/identity/finish", certify_id=begun, passed=True)
    assert phone.status == 422
    assert living(alice, "real_person") is None


def test_another_persons_passed_check_is_worth_nothing(agreeing: Callable[..., Person], face: FaceCheck) -> None:
    alice, charlie = agreeing(1), agreeing(3)
    begun = begin(alice)
    face.passes(begun)
    with pytest.raises(errors.NotFound):
        finish(charlie, begun)
    assert living(charlie, "real_person") is None


def test_an_answer_about_another_check_is_no_answer(agreeing: Callable[..., Person], face: FaceCheck) -> None:
    alice = agreeing(1)
    begun = begin(alice)
    face.answers[begun] = ports.CertifyResult(passed=True, certify_id="another")
    with pytest.raises(errors.Conflict):
        finish(alice, begun)


def test_a_failed_check_cannot_pass_later_and_keeps_nothing(agreeing: Callable[..., Person], face: FaceCheck) -> None:
    alice = agreeing(1)
    begun = begin(alice)
    face.fails(begun)
    with pytest.raises(errors.Invalid) as told:
        finish(alice, begun)
    assert "desk" in str(told.value.next_step) or "窗口" in str(told.value.next_step)
    face.passes(begun)
    with pytest.raises(errors.NotFound):
        finish(alice, begun)
    check = IdentityCheck.objects.get(certify_id=begun)
    assert (check.state, check.legal_name, check.id_number) == ("failed", "", "")


def test_a_check_lives_an_hour(agreeing: Callable[..., Person], face: FaceCheck) -> None:
    alice = agreeing(1)
    begun = begin(alice)
    face.passes(begun)
    with pytest.raises(errors.NotFound):
        finish(alice, begun, now=NOW + timedelta(minutes=61))
    identity.forget_checks(before=NOW + timedelta(minutes=1))
    check = IdentityCheck.objects.get(certify_id=begun)
    assert (check.state, check.legal_name, check.id_number) == ("dropped", "", "")


def test_beginning_again_drops_the_check_before(agreeing: Callable[..., Person], face: FaceCheck) -> None:
    alice = agreeing(1)
    first = begin(alice)
    begin(alice, id_number=BOB_ID, legal_name="李强")
    face.passes(first)
    with pytest.raises(errors.NotFound):
        finish(alice, first)


def test_a_silent_provider_changes_nothing_and_the_check_goes_on_later(
    agreeing: Callable[..., Person], face: FaceCheck
) -> None:
    alice = agreeing(1)
    face.down = True
    with pytest.raises(errors.Unavailable):
        begin(alice)
    face.down = False
    begun = begin(alice)
    face.passes(begun)
    face.down = True
    with pytest.raises(errors.Unavailable):
        finish(alice, begun)
    face.down = False
    assert finish(alice, begun).state == "verified"


def test_tapping_twice_is_one_attestation(agreeing: Callable[..., Person], face: FaceCheck) -> None:
    alice = agreeing(1)
    begun = begin(alice)
    face.passes(begun)
    assert finish(alice, begun) == finish(alice, begun)
    assert alice.attestations.count() == 1


def test_nobody_is_two_people(real: Callable[..., Person], agreeing: Callable[..., Person], face: FaceCheck) -> None:
    real(1)
    again = agreeing(2)
    begun = begin(again)  # beginning tells nothing: whoever knows a number must not learn that its owner is here
    face.passes(begun)
    with pytest.raises(errors.Conflict) as told:
        finish(again, begun)
    assert told.value.code == "known_already"
    assert told.value.next_step
    again.refresh_from_db()
    assert (again.legal_name, again.id_number, again.id_index) == ("", "", None)
    check = IdentityCheck.objects.get(certify_id=begun)
    assert (check.state, check.id_number) == ("failed", "")


def test_one_cannot_become_somebody_else(real: Callable[..., Person], face: FaceCheck) -> None:
    alice = real(1)
    services.fall(which=alice.attestations.all(), reason="corrected", now=NOW)
    begun = begin(alice, id_number=BOB_ID, legal_name="李强")
    face.passes(begun)
    with pytest.raises(errors.Conflict):
        finish(alice, begun)
    alice.refresh_from_db()
    assert alice.id_number == ALICE_ID


def test_children_are_sent_home_kindly(agreeing: Callable[..., Person], face: FaceCheck) -> None:
    with pytest.raises(errors.Forbidden) as told:
        begin(agreeing(1), id_number=CHILD_ID)
    assert told.value.code == "under_age"
    assert face.started == []


@pytest.mark.parametrize(
    ("legal_name", "id_number", "wrong"),
    [("", ALICE_ID, "legal_name"), ("王小兰", "330106199003070023", "id_number"), ("王<b>", "1", "id_number")],
)
def test_what_is_written_wrong_is_marked(
    agreeing: Callable[..., Person], face: FaceCheck, legal_name: str, id_number: str, wrong: str
) -> None:
    with pytest.raises(errors.Invalid) as told:
        begin(agreeing(1), legal_name=legal_name, id_number=id_number)
    assert wrong in told.value.fields
    assert face.started == []


def test_without_consent_no_face_check(make_person: Callable[..., Person], face: FaceCheck) -> None:
    with pytest.raises(errors.Conflict) as told:
        begin(make_person(1))
    assert told.value.fields == {"purpose": "real_person_face"}
    assert face.started == []


def test_five_checks_a_day_are_enough(agreeing: Callable[..., Person], face: FaceCheck) -> None:
    alice = agreeing(1)
    for _time in range(5):
        begin(alice)
    with pytest.raises(errors.TooMany):
        begin(alice)
    assert len(face.started) == 5


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "http://testserver@evil.example/",
        "javascript:alert(1)",
        "/\\evil.example",
        "http://[",
    ],
)
def test_the_face_check_leads_back_to_us_only(
    agreeing: Callable[..., Person], face: FaceCheck, api: Callable[..., Any], address: str
) -> None:
    phone = api(agreeing(1))
    body = {"legal_name": "王小兰", "id_number": ALICE_ID}
    phone.post("facts/identity/start", **body, return_url=address)
    assert phone.status == 422
    phone.post("facts/identity/start", **body, return_url="/#/facts?from=face")
    assert phone.status == 200


def test_who_builds_on_facts_hears_at_once(
    agreeing: Callable[..., Person], face: FaceCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[Any, Any]] = []
    alice = agreeing(1)

    def listen(people: Any, now: Any) -> None:
        heard.append((people, [fact.state for fact in selectors.facts_of(people[0], now)]))

    FACTS_CHANGED.append(listen)
    try:
        begun = begin(alice)
        face.passes(begun)
        finish(alice, begun)
        services.fall(which=alice.attestations.all(), reason="corrected", now=NOW)
    finally:
        FACTS_CHANGED.remove(listen)
    assert heard == [((alice.pk,), ["verified", "none", "none"]), ((alice.pk,), ["fallen", "none", "none"])]


def test_facts_are_read_in_one_query(real: Callable[..., Person], django_assert_num_queries: Any) -> None:
    alice = real(1)
    with django_assert_num_queries(1):
        selectors.facts_of(alice.pk, NOW)


@pytest.mark.parametrize("odd", ["\0", "\ud800", "😀" * 60, "' OR 1=1 --"])
def test_odd_text_is_answered_kindly(agreeing: Callable[..., Person], api: Callable[..., Any], odd: str) -> None:
    phone = api(agreeing(1))
    claim = {"legal_name": odd, "id_number": odd}
    calls: list[tuple[str, dict[str, Any]]] = [
        ("facts/identity/start", {**claim, "return_url": odd}),
        ("facts/identity/finish", {"certify_id": odd}),
        ("facts/identity/desk", {**claim, "photos": ["00000000-0000-4000-8000-000000000000"], "district": odd}),
        ("facts/single", {"version": odd, "agreed": True}),
        ("consents", {"purpose": odd, "given": True}),
        ("me/erase", {"confirm": odd}),
    ]
    for path, body in calls:
        phone.post(path, **body)
        assert 400 <= phone.status < 500, path
    for path, query in (("facts/employers", {"q": odd}), ("photos/show", {"token": odd}), ("looks", {"cursor": odd})):
        if odd != "\ud800":  # no address can hold one
            phone.get(path, **query)
            assert phone.status < 500, path
