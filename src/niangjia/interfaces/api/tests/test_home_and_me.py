"""Home and me: what a person sees of themselves first."""

from collections.abc import Callable
from typing import Any

import pytest

from conftest import NOW
from niangjia.core import registry
from niangjia.core.accounts.models import Person
from niangjia.core.attestations.models import Attestation
from niangjia.core.messages import services as messages
from niangjia.core.messages.models import Announcement
from niangjia.core.orgs.models import Employer
from niangjia.interfaces.api import home


def waiting(phone: Any) -> list[str]:
    return [item["code"] for item in phone.get("home")["waiting"] if item["route"] in ("/facts", "/inbox")]


def test_a_newcomer_is_led_by_the_hand(make_person: Callable[..., Person], api: Callable[..., Any]) -> None:
    alice = make_person(1)
    phone = api(alice)
    assert waiting(phone) == ["fact_real_person"]
    Attestation.objects.create(person=alice, kind="real_person", method="face", issuer="alipay", made_at=NOW)
    assert waiting(phone) == ["fact_employer"]
    messages.send(person_id=alice.pk, template="real_person_verified", now=NOW)
    assert waiting(phone) == ["fact_employer", "inbox"]


def test_scenes_add_their_services_and_what_waits(
    make_person: Callable[..., Person], api: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    tea = registry.Service("tea", "喝茶", "今天", "cup", "/tea", state=lambda _person, _now: (False, "先认证"))
    item = {"code": "cup", "title": "茶凉了", "body": "快来", "route": "/tea"}
    scene = registry.Scene("tea", "茶", services=(tea,), waiting=lambda _person, _now: [item])
    monkeypatch.setattr(home, "scenes", lambda: (scene,))
    told = api(make_person(1)).get("home")
    assert item in told["waiting"]
    assert [(s["code"], s["ready"], s["next"]) for s in told["services"]] == [("tea", False, "先认证")]


def test_an_announcement_reaches_everybody_at_and_below_its_union_until_it_is_withdrawn(
    make_person: Callable[..., Person], api: Callable[..., Any], tree: Any
) -> None:
    alice, bob, charlie = (api(make_person(number)) for number in (1, 2, 3))
    for number, org in ((1, tree["firm_a"]), (2, tree["firm_b"])):
        firm = Employer.objects.create(uscc=f"{number:018}", name=org.name, district="", org=org, created_at=NOW)
        facts = {"kind": "employer", "method": "roll", "issuer": "x", "employer": firm, "made_at": NOW}
        Attestation.objects.create(person=make_person(number), **facts)
    notice = Announcement.objects.create(org=tree["xihu"], title="登山", body="周六见", published_at=NOW)
    assert [(told["title"], told["by"]) for told in alice.get("home")["announcements"]] == [("登山", tree["xihu"].name)]
    assert bob.get("home")["announcements"] == charlie.get("home")["announcements"] == []
    Announcement.objects.filter(pk=notice.pk).update(withdrawn_at=NOW)
    assert alice.get("home")["announcements"] == []


def test_me_shows_what_is_verified_and_masks_the_rest(
    make_person: Callable[..., Person], api: Callable[..., Any]
) -> None:
    alice = make_person(1, legal_name="王小兰", id_number="330106199003070022")
    Attestation.objects.create(person=alice, kind="real_person", method="face", issuer="alipay", made_at=NOW)
    phone = api(alice)
    me = phone.get("me")
    assert [(fact["kind"], fact["state"]) for fact in me["verified"]] == [
        ("real_person", "verified"),
        ("employer", "none"),
        ("single", "none"),
    ]
    assert not any(secret in phone.response.content.decode() for secret in ("小兰", "330106199003070022", alice.phone))
