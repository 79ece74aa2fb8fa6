"""Contacts are opened only when both offered one."""

from typing import Any

import pytest
from django.db import connection

from niangjia.core.audit.models import Event
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.services import decisions


@pytest.fixture
def pair(phone: Any, alice: Profile, bob: Profile, now: Any) -> str:
    for one, other in ((alice, bob), (bob, alice)):
        decisions.say_yes(person_id=one.person_id, profile_id=other.pk, now=now)
    return str(phone(alice).get("dating/pairs")["items"][0]["id"])


def only(app: Any) -> Any:
    return app.get("dating/pairs")["items"][0]


def test_a_contact_offered_alone_is_not_shown(phone: Any, pair: str, alice: Profile, bob: Profile) -> None:
    phone(alice).post("dating/contact/offer", pair=pair, kind="wechat", value="xiaoai_96")
    seen = only(phone(bob))
    assert seen["they_offered"] is True
    assert seen["their_contact"] is None
    assert "xiaoai_96" not in phone(bob).client.get("/api/v1/dating/pairs").text


def test_when_both_offered_both_see_and_both_are_noted(phone: Any, pair: str, alice: Profile, bob: Profile) -> None:
    phone(alice).post("dating/contact/offer", pair=pair, kind="wechat", value="xiaoai_96")
    answer = phone(bob).post("dating/contact/offer", pair=pair, kind="phone", value="199 0000 0002")
    assert answer["their_contact"] == {"kind": "wechat", "value": "xiaoai_96"}
    assert only(phone(alice))["their_contact"] == {"kind": "phone", "value": "19900000002"}
    looks = Event.objects.filter(action="dating.contact_opened").values_list("actor_id", "subject_id")
    assert set(looks) == {(alice.person_id, bob.person_id), (bob.person_id, alice.person_id)}


def test_taking_it_back_closes_both(phone: Any, pair: str, alice: Profile, bob: Profile) -> None:
    for me, name in ((alice, "xiaoai_96"), (bob, "bobo_1996")):
        phone(me).post("dating/contact/offer", pair=pair, kind="wechat", value=name)
    phone(alice).post("dating/contact/withdraw", pair=pair)
    for me in (alice, bob):
        assert only(phone(me))["their_contact"] is None


def test_a_pair_of_others_is_not_there(phone: Any, pair: str, charlie: Profile) -> None:
    app = phone(charlie)
    for path, more in (("offer", {"kind": "wechat", "value": "charlie_1"}), ("withdraw", {})):
        app.post(f"dating/contact/{path}", pair=pair, **more)
        assert app.status == 404


@pytest.mark.parametrize(
    ("kind", "value"), [("phone", "12345"), ("wechat", "no"), ("other", " "), ("wechat", "a b c d")]
)
def test_what_is_no_contact_is_refused(kind: str, value: str, phone: Any, pair: str, alice: Profile) -> None:
    app = phone(alice)
    refused = app.post("dating/contact/offer", pair=pair, kind=kind, value=value)
    assert app.status == 422
    assert "value" in refused["error"]["fields"]


def test_a_contact_lies_in_the_database_sealed(phone: Any, pair: str, alice: Profile) -> None:
    phone(alice).post("dating/contact/offer", pair=pair, kind="wechat", value="xiaoai_96")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dating_contactoffer")
        assert b"xiaoai" not in b"".join(
            bytes(v) for row in cursor.fetchall() for v in row if isinstance(v, bytes | memoryview)
        )
