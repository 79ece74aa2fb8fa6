"""An ID document at a desk: equal in every way to a face check, decided by somebody else than the person concerned."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from conftest import NOW
from niangjia.core.access.selectors import actor_of
from niangjia.core.accounts.models import Person
from niangjia.core.attestations import selectors, services
from niangjia.core.attestations.models import Request
from niangjia.core.attestations.services import deadlines, desk
from niangjia.core.attestations.tests.conftest import ALICE_ID, BOB_ID, FaceCheck, living
from niangjia.core.audit.models import Event
from niangjia.core.consent import services as consent
from niangjia.core.files import services as files
from niangjia.core.files.models import Photo
from niangjia.core.files.tests.conftest import picture_of
from niangjia.core.orgs.models import Org
from niangjia.kernel import errors


def photo_of(person: Person, purpose: str = "identity") -> Photo:
    upload = SimpleUploadedFile("card.jpg", picture_of(), "image/jpeg")
    return files.store_photo(owner_id=person.pk, upload=upload, purpose=purpose, now=NOW)


def send_in(person: Person, *, id_number: str = ALICE_ID, district: str = "330106", photos: Any = None) -> Request:
    return services.request_by_document(
        person=person,
        legal_name="王小兰",
        id_number=id_number,
        photos=[photo_of(person).pk] if photos is None else photos,
        district=district,
        now=NOW,
    )


def actor(person: Person) -> Any:
    person.refresh_from_db()
    return actor_of(person_id=person.pk, is_staff=person.is_staff, second_factor_at=NOW)


@pytest.fixture
def officer(make_person: Callable[..., Person], grant: Any, tree: dict[str, Org]) -> Person:
    """Works at the desk of 西湖区."""
    person = make_person(90)
    grant(person, "union_officer", tree["xihu"])
    return person


def accept(officer: Person, request: Request) -> None:
    services.decide(actor=actor(officer), request_id=request.pk, accept=True, now=NOW)


def test_a_document_makes_the_same_badge_as_a_face(
    agreeing: Callable[..., Person], real: Callable[..., Person], officer: Person, face: FaceCheck
) -> None:
    alice, bob = agreeing(1), real(2, "李强", BOB_ID)
    accept(officer, send_in(alice))
    both = selectors.verified_kinds(person_ids=[alice.pk, bob.pk], now=NOW)
    assert both[alice.pk] == both[bob.pk] == {"real_person": NOW}
    by_document, by_face = (selectors.fact_of(person.pk, "real_person", NOW) for person in (alice, bob))
    assert (by_document.state, by_document.until) == (by_face.state, by_face.until)
    alice.refresh_from_db()
    assert (alice.legal_name, alice.id_number, alice.sex) == ("王小兰", ALICE_ID, "f")


def test_it_waits_with_a_receipt_and_a_day(
    agreeing: Callable[..., Person], officer: Person, api: Callable[..., Any]
) -> None:
    alice = agreeing(1)
    phone = api(alice)
    asked = phone.post("facts/identity/desk", legal_name="王小兰", id_number=ALICE_ID, photos=[str(photo_of(alice).pk)])
    assert phone.status == 200, asked
    assert asked["receipt"].startswith("NJ-")
    assert asked["fact"]["state"] == "waiting"
    assert asked["fact"]["why"]
    assert phone.get("facts")["items"][0] == asked["fact"]


def test_the_desk_sees_claim_and_document_side_by_side_and_the_look_is_recorded(
    agreeing: Callable[..., Person], officer: Person, api: Callable[..., Any]
) -> None:
    alice = agreeing(1)
    request = send_in(alice)
    assert list(selectors.waiting_at(actor(officer))) == [request]
    opened = services.open_request(actor=actor(officer), request_id=request.pk, now=NOW)
    assert (opened.legal_name, opened.id_number) == ("王小兰", ALICE_ID)
    token = opened.documents[0].partition("token=")[2]
    epoch = officer.session_epoch
    assert files.open_photo(token=token, viewer_id=officer.pk, epoch=epoch, now=NOW).startswith(b"\xff\xd8")
    with pytest.raises(errors.Forbidden):  # their role has ended, or the tree has changed
        files.open_photo(token=token, viewer_id=officer.pk, epoch=epoch + 1, now=NOW)
    with pytest.raises(errors.Forbidden):
        files.open_photo(token=token, viewer_id=alice.pk, now=NOW)
    look = Event.objects.get(action="looked_at_request")
    assert (look.actor_id, look.subject_id, look.purpose) == (officer.pk, alice.pk, request.receipt)


def test_another_district_and_a_worker_do_not_see_it(
    agreeing: Callable[..., Person], make_person: Callable[..., Person], grant: Any, tree: dict[str, Org]
) -> None:
    request = send_in(agreeing(1))
    elsewhere, hr, charlie = make_person(91), make_person(92), make_person(93)
    grant(elsewhere, "union_officer", tree["ningbo"])
    grant(hr, "enterprise_hr", tree["province"])
    for outsider in (elsewhere, hr, charlie):
        assert not selectors.waiting_at(actor(outsider)).exists()
        with pytest.raises(errors.NotFound):
            services.open_request(actor=actor(outsider), request_id=request.pk, now=NOW)


def test_a_role_that_was_taken_sees_nothing_at_once(agreeing: Callable[..., Person], officer: Person) -> None:
    request = send_in(agreeing(1))
    officer.role_grants.update(ended_at=NOW)
    with pytest.raises(errors.NotFound):
        services.open_request(actor=actor(officer), request_id=request.pk, now=NOW)


def test_nobody_decides_about_themselves_not_even_the_database_lets_them(
    agreeing: Callable[..., Person], grant: Any, tree: dict[str, Org]
) -> None:
    alice = agreeing(1)
    grant(alice, "union_officer", tree["province"])
    request = send_in(alice)
    with pytest.raises(errors.NotFound):
        accept(alice, request)
    with pytest.raises(IntegrityError, match="nobody_decides_about_themselves"), transaction.atomic():
        Request.objects.filter(pk=request.pk).update(state="accepted", decided_by=alice, decided_at=NOW)


def test_what_was_decided_is_decided_once(agreeing: Callable[..., Person], officer: Person) -> None:
    request = send_in(agreeing(1))
    accept(officer, request)
    assert list(selectors.waiting_at(actor(officer))) == []
    with pytest.raises(errors.Conflict):
        services.decide(actor=actor(officer), request_id=request.pk, accept=False, reason="no", now=NOW)


def test_a_document_swapped_after_the_officer_looked_is_not_the_one_approved(
    agreeing: Callable[..., Person], officer: Person
) -> None:
    alice = agreeing(1)
    looked_at = send_in(alice)
    services.open_request(actor=actor(officer), request_id=looked_at.pk, now=NOW)
    swapped = send_in(alice, id_number=BOB_ID)  # another photo, another claim
    with pytest.raises(errors.Conflict):
        accept(officer, looked_at)
    assert living(alice, "real_person") is None
    assert selectors.waiting_at(actor(officer)).get().pk == swapped.pk


def test_without_that_rule_what_was_taken_back_makes_the_badge(
    agreeing: Callable[..., Person], officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "drop", lambda **_which: None)
    alice = agreeing(1)
    looked_at = send_in(alice)
    with pytest.raises(IntegrityError), transaction.atomic():  # of two that wait the database knows only one
        send_in(alice, id_number=BOB_ID)
    accept(officer, looked_at)
    assert living(alice, "real_person")


def test_a_refusal_says_why_and_forgets_what_was_claimed(agreeing: Callable[..., Person], officer: Person) -> None:
    alice = agreeing(1)
    request = send_in(alice)
    with pytest.raises(errors.Invalid):
        services.decide(actor=actor(officer), request_id=request.pk, accept=False, reason="  ", now=NOW)
    done = services.decide(actor=actor(officer), request_id=request.pk, accept=False, reason="照片看不清", now=NOW)
    assert (done.state, done.legal_name, done.id_number) == ("refused", "", "")
    note = alice.notes.get(template="request_refused")
    assert note.params == {"receipt": request.receipt, "reason": "照片看不清"}
    assert living(alice, "real_person") is None
    send_in(alice)  # and may try again


def test_a_double_person_is_seen_at_the_desk_too(
    agreeing: Callable[..., Person], real: Callable[..., Person], officer: Person, face: FaceCheck
) -> None:
    real(1)
    again = send_in(agreeing(2))
    with pytest.raises(errors.Conflict) as told:
        accept(officer, again)
    assert told.value.code == "known_already"
    again.refresh_from_db()
    assert again.state == "waiting"


def test_documents_go_three_days_after_the_decision(agreeing: Callable[..., Person], officer: Person) -> None:
    request = send_in(agreeing(1))
    assert files.delete_due(now=NOW + timedelta(days=5)) == 0
    accept(officer, request)
    assert files.delete_due(now=NOW + timedelta(days=2)) == 0
    assert files.delete_due(now=NOW + timedelta(days=3)) == 1
    assert Photo.objects.count() == 0


def test_undecided_documents_go_after_a_month(agreeing: Callable[..., Person], officer: Person) -> None:
    send_in(agreeing(1))
    assert files.delete_due(now=NOW + timedelta(days=30)) == 1


def test_only_ones_own_document_photos_can_be_sent_in(agreeing: Callable[..., Person], officer: Person) -> None:
    alice, charlie = agreeing(1), agreeing(3)
    for photo in (photo_of(charlie), photo_of(alice, "profile")):
        with pytest.raises(errors.Invalid):
            send_in(alice, photos=[photo.pk])


def test_taking_back_the_consent_deletes_the_documents_now(agreeing: Callable[..., Person], officer: Person) -> None:
    alice = agreeing(1)
    request = send_in(alice)
    consent.withdraw(person_id=alice.pk, purpose="id_document", now=NOW)
    request.refresh_from_db()
    assert (request.state, request.legal_name, request.id_number) == ("dropped", "", "")
    assert Photo.objects.filter(owner=alice).count() == 0


def test_a_wrong_identity_is_taken_back_and_free_for_its_owner(
    agreeing: Callable[..., Person], officer: Person, face: FaceCheck, real: Callable[..., Person]
) -> None:
    wrong = agreeing(1)
    accept(officer, send_in(wrong))
    fact = living(wrong, "real_person")
    assert fact is not None
    services.take_back(actor=actor(officer), attestation_id=fact.pk, purpose="照片是别人的", now=NOW)
    wrong.refresh_from_db()
    assert (wrong.id_number, wrong.id_index, wrong.birth_date) == ("", None, None)
    assert wrong.notes.filter(template="fact_fell_corrected").exists()
    assert real(2).id_number == ALICE_ID


def test_who_passes_the_face_check_meanwhile_waits_no_longer(
    real: Callable[..., Person], agreeing: Callable[..., Person], officer: Person, face: FaceCheck
) -> None:
    alice = agreeing(1)
    request = send_in(alice)
    begun = services.start_identity(
        person=alice, legal_name="王小兰", id_number=ALICE_ID, return_url="/", now=NOW
    ).certify_id
    face.passes(begun)
    services.finish_identity(person=alice, certify_id=begun, now=NOW)
    request.refresh_from_db()
    assert (request.state, request.legal_name, request.id_number) == ("dropped", "", "")
    assert files.delete_due(now=NOW) == 1


def test_what_a_desk_lets_lie_goes_to_the_office_above_and_stays_overdue_at_the_top(
    agreeing: Callable[..., Person],
    officer: Person,
    make_person: Callable[..., Person],
    grant: Any,
    tree: dict[str, Org],
) -> None:
    alice, above = agreeing(1), make_person(91)
    grant(above, "city_admin", tree["hangzhou"])
    request = send_in(alice)
    last_day = NOW + (request.due_on - NOW.date())
    assert deadlines.pass_on_overdue(now=last_day) == 0
    assert deadlines.pass_on_overdue(now=last_day + timedelta(days=1)) == 1
    request.refresh_from_db()
    assert (request.org, request.climbed) == (tree["hangzhou"], 1)
    assert request.due_on > (last_day + timedelta(days=1)).date()
    assert alice.notes.filter(template="request_climbed").exists()
    with pytest.raises(errors.NotFound):
        accept(officer, request)
    assert deadlines.pass_on_overdue(now=last_day + timedelta(days=30)) == 0
    accept(above, request)
