"""The SMS service: the signature, whose fault a no is, and the inbox of the demo."""

import json
from datetime import timedelta

import pytest

from niangjia.core.ports import ProviderRefused, ProviderUnavailable
from niangjia.kernel import clock
from niangjia.providers.aliyun_sms import signature
from niangjia.providers.aliyun_sms.client import AliyunSms
from niangjia.providers.aliyun_sms.simulator import SIDE, SmsSimulator
from niangjia.providers.simulation import Mode, Request
from niangjia.providers.tests.conftest import World

PHONE = "13800138000"


def send(sms: AliyunSms, phone: str = PHONE, code: str = "123456") -> str:
    return sms.send(phone=phone, template="sign_in", params={"code": code}, out_id="1").provider_id


def inbox(world: World, phone: str) -> list[dict[str, object]]:
    items = world.browser("GET", f"/sms.json?phone={phone}").json()["items"]
    assert isinstance(items, list)
    return items


def test_the_signature_equals_the_one_in_alibaba_clouds_own_example() -> None:
    headers = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": signature.content_hash(b""),
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    got = signature.sign(
        method="POST",
        path="/",
        params={"RegionId": "cn-shanghai", "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"},
        headers=headers,
        signed=sorted(headers),
        secret="YourAccessKeySecret",
    )
    assert got == "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"


def test_what_was_sent_lies_in_the_inbox_newest_first(world: World) -> None:
    send(world.sms(), code="111111")
    send(world.sms(), code="222222")
    send(world.sms(), phone="13900139000", code="333333")
    assert [item["params"] for item in inbox(world, PHONE)] == [{"code": "222222"}, {"code": "111111"}]
    page = world.browser("GET", "/sms").text()
    assert page.index("333333") < page.index("111111")


def test_a_message_may_arrive_though_we_never_heard_that_it_did(world: World) -> None:
    world.simulators.modes.switch(SIDE, Mode.LATE)
    with pytest.raises(ProviderUnavailable):
        send(world.sms(timeout=0.2))
    assert len(inbox(world, PHONE)) == 1


@pytest.mark.parametrize("phone", ["", "12345678901", "13800138000,13900139000"])
def test_a_number_that_is_none_is_refused(world: World, phone: str) -> None:
    with pytest.raises(ProviderRefused) as refused:
        send(world.sms(), phone=phone)
    assert refused.value.code == "isv.MOBILE_NUMBER_ILLEGAL"


@pytest.mark.parametrize("change", [{"access_key_secret": "guessed"}, {"access_key_id": "another"}, {"templates": {}}])
def test_what_is_our_own_fault_says_nothing_about_the_number(world: World, change: dict[str, object]) -> None:
    with pytest.raises(ProviderUnavailable):
        send(world.sms(**change))
    assert inbox(world, PHONE) == []


def test_our_name_of_a_template_becomes_theirs(world: World) -> None:
    send(world.sms(templates={"sign_in": "SMS_77"}))
    send(world.sms(templates={"*": "SMS_*"}))
    assert [item["template"] for item in inbox(world, PHONE)] == ["SMS_sign_in", "SMS_77"]


def test_words_from_outside_cannot_become_markup(world: World) -> None:
    send(world.sms(), code="<script>alert(1)</script>")
    assert "<script>" not in world.browser("GET", "/sms").text()


class Recorded:
    """One well-signed request, to be changed and sent again."""

    def __init__(self) -> None:
        self.simulator = SmsSimulator(key_id="k", secret="s")
        self.params = {"PhoneNumbers": PHONE, "TemplateParam": '{"code": "1"}', "SignName": "娘家", "TemplateCode": "T"}
        self.headers = {
            "host": "sms.test",
            "x-acs-action": "SendSms",
            "x-acs-content-sha256": signature.content_hash(b""),
            "x-acs-date": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": "n",
            "x-acs-version": "2017-05-25",
        }

    def sign(self, signed: list[str] | None = None) -> None:
        names = signed or sorted(self.headers)
        sign = signature.sign(
            method="POST", path="/aliyun_sms/", params=self.params, headers=self.headers, signed=names, secret="s"
        )
        self.headers["authorization"] = signature.authorization(key_id="k", signed=names, signature=sign)

    def code(self, body: bytes = b"") -> str:
        asked = Request("POST", "/aliyun_sms/", "/aliyun_sms/", self.params, self.headers, body)
        return str(json.loads(self.simulator.answer(asked, Mode.OK).body)["Code"])


def test_a_recorded_request_works_once() -> None:
    recorded = Recorded()
    recorded.sign()
    assert recorded.code() == "OK"
    assert recorded.code() == "SignatureNonceUsed"


def test_a_changed_request_is_turned_away() -> None:
    recorded = Recorded()
    recorded.sign()
    assert recorded.code(body=b"more") == "SignatureDoesNotMatch"
    recorded.params["PhoneNumbers"] = "13900139000"
    assert recorded.code() == "SignatureDoesNotMatch"


def test_every_header_that_matters_must_be_signed() -> None:
    recorded = Recorded()
    recorded.sign([name for name in sorted(recorded.headers) if name != "x-acs-signature-nonce"])
    assert recorded.code() == "IncompleteSignature"
    recorded.headers.pop("authorization")
    assert recorded.code() == "MissingAuthorization"


@pytest.mark.parametrize(
    ("age", "code"), [(14, "OK"), (16, "InvalidTimeStamp.Expired"), (-16, "InvalidTimeStamp.Expired")]
)
def test_an_old_request_is_turned_away(age: int, code: str) -> None:
    recorded = Recorded()
    at = clock.now() - timedelta(minutes=age)
    recorded.headers["x-acs-date"] = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    recorded.sign()
    assert recorded.code() == code
