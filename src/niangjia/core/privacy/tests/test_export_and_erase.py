"""Everything to take along, and being forgotten (checks E6 and E7)."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from conftest import NOW
from niangjia.core.accounts import services as accounts
from niangjia.core.accounts.models import Person, Session
from niangjia.core.attestations import services as attestations
from niangjia.core.attestations import texts
from niangjia.core.attestations.models import Attestation
from niangjia.core.attestations.services.identity import id_index
from niangjia.core.audit.models import Event
from niangjia.core.consent import services as consent
from niangjia.core.files import services as files
from niangjia.core.files.tests.conftest import picture_of
from niangjia.core.orgs.models import Org
from niangjia.core.privacy import export
from niangjia.core.registry import scenes
from niangjia.kernel.china import parse_id_number
from niangjia.kernel.clock import now as moment

ALICE_ID, NAME = "330106199003070022", "王小兰"


@pytest.fixture
def alice(make_person: Callable[..., Person]) -> Person:
    """Somebody of whom the house holds a bit of everything."""
    person = make_person(1, legal_name=NAME, id_number=ALICE_ID, id_index=id_index(ALICE_ID), birth_date="1990-03-07")
    for purpose in ("marital", "id_document"):
        consent.give(person_id=person.pk, purpose=purpose, now=NOW)
    Attestation.objects.create(person=person, kind="real_person", method="face", issuer="alipay", made_at=NOW)
    attestations.sign_pledge(person=person, version=texts.PLEDGE_VERSION, now=NOW)
    upload = SimpleUploadedFile("me.jpg", picture_of(), "image/jpeg")
    files.store_photo(owner_id=person.pk, upload=upload, purpose="profile", now=NOW)
    return person


def dump() -> str:
    """Every table as text."""
    with connection.cursor() as cursor:
        out = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            out += [f"{table}: {row}" for row in cursor.fetchall()]
    return "\n".join(out)


def test_the_export_holds_all_of_a_person(alice: Person, api: Callable[..., Any]) -> None:
    phone = api(alice)
    phone.get("me/export")
    assert phone.response["Content-Disposition"].startswith("attachment")
    told = json.loads(phone.response.content)
    assert (told["account"]["legal_name"], told["account"]["id_number"]) == (NAME, ALICE_ID)
    assert told["account"]["phone"] == alice.phone
    assert {fact["kind"] for fact in told["facts"]} == {"real_person", "single"}
    assert {record["purpose"] for record in told["consents"]} == {"marital", "id_document"}
    assert base64.b64decode(told["photos"][0]["jpeg_base64"]).startswith(b"\xff\xd8")
    assert told["inbox"]
    assert told["looks"]


def test_the_export_holds_nobody_else(
    alice: Person, make_person: Callable[..., Person], grant: Any, tree: dict[str, Org], api: Callable[..., Any]
) -> None:
    bob = make_person(2, legal_name="李强强", id_number="330106199203150019")
    grant(bob, "union_officer", tree["xihu"])
    phone = api(alice)
    phone.get("me/export")
    text = phone.response.content.decode()
    assert not any(word in text for word in (str(bob.pk), bob.phone, "李强强", "330106199203150019"))


def test_every_table_that_points_at_a_person_is_exported_or_says_why_not() -> None:
    pointing = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("niangjia.core.")
        and (model is Person or any(field.related_model is Person for field in model._meta.fields))
    }
    assert pointing == set(export.MODELS)


def test_every_scene_that_keeps_people_exports_and_erases_them() -> None:
    keeping = {
        model.__module__.split(".")[2]
        for model in apps.get_models()
        if model.__module__.startswith("niangjia.scenes.")
        and any(field.related_model is Person for field in model._meta.fields)
    }
    able = {scene.slug for scene in scenes() if scene.export and scene.erase}
    assert keeping <= able


def test_without_the_word_nothing_is_deleted(alice: Person, api: Callable[..., Any]) -> None:
    phone = api(alice)
    phone.post("me/erase", confirm="delete")
    assert phone.status == 422
    assert phone.get("me")["id"] == str(alice.pk)


def test_erased_is_gone_from_tables_and_files(
    alice: Person, api: Callable[..., Any], django_capture_on_commit_callbacks: Any
) -> None:
    phone, other_phone = api(alice), api(alice)
    photos = Path(settings.MEDIA_ROOT) / "photos" / "profile"
    key = alice.photos.get().key
    assert (photos / key[:2] / key).exists()
    with django_capture_on_commit_callbacks(execute=True):
        done = phone.post("me/erase", confirm="删除")
    assert phone.status == 200, done
    assert done["receipt"].startswith("NJ-")
    assert not (photos / key[:2] / key).exists()
    assert phone.get("me")["error"]["code"] == "sign_in_needed"
    assert other_phone.get("me")["error"]["code"] == "sign_in_needed"
    assert Session.objects.filter(person=alice).count() == 0
    left = dump()
    born = parse_id_number(ALICE_ID).birth.isoformat()
    assert not any(word in left for word in (NAME, ALICE_ID, alice.phone, born))
    rows = {line.partition(":")[0] for line in left.splitlines() if str(alice.pk) in line}
    assert rows <= {"accounts_person", "audit_event", "consent_consentrecord"}


def test_what_stays_of_a_person_is_an_empty_row_and_a_receipt(alice: Person, api: Callable[..., Any]) -> None:
    receipt = api(alice).post("me/erase", confirm="删除")["receipt"]
    gone = Person.objects.get(pk=alice.pk)
    assert gone.closed_at is not None
    assert (gone.phone, gone.legal_name, gone.id_number, gone.sex) == ("", "", "", "")
    assert (gone.phone_index, gone.id_index, gone.birth_date) == (None, None, None)
    assert Event.objects.get(action="erased").target_id == receipt
    assert not consent.has(person_id=alice.pk, purpose="marital")


def test_whoever_left_may_come_back_as_a_new_person(alice: Person, api: Callable[..., Any]) -> None:
    api(alice).post("me/erase", confirm="删除")
    again = accounts.person_with_phone(phone=alice.phone, now=moment())
    assert again.pk != alice.pk
    assert again.attestations.count() == 0
