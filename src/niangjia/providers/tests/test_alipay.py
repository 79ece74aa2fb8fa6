"""Alipay: signatures both ways, and a check whose result only the gateway can tell."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from niangjia.core.ports import ProviderRefused, ProviderUnavailable
from niangjia.providers.alipay import answer, client, return_address, signature
from niangjia.providers.alipay.simulator import CERTIFY_PAGE, GATEWAY, IDENTITY
from niangjia.providers.simulation import Mode, Request
from niangjia.providers.tests.conftest import World
from niangjia.providers.tests.test_contract import ALICE

METHOD = client.QUERY
MEMBER = "alipay_user_certify_open_query_response"


def start(world: World, **changes: str) -> str:
    return world.alipay().start(**{"order_no": "a" * 32, **ALICE, **changes}).certify_id


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def test_parameters_are_signed_sorted_without_empty_ones() -> None:
    params = {"b": "2", "a": "1&=", "sign": "x", "empty": "", "Z": "中"}
    assert signature.canonical(params) == "Z=中&a=1&=&b=2".encode()


def test_weak_and_foreign_keys_are_refused() -> None:
    with pytest.raises(ValueError, match="2048"):
        signature.load_private_key(pem(rsa.generate_private_key(public_exponent=65537, key_size=1024)))
    with pytest.raises(ValueError, match="RSA"):
        signature.load_private_key(pem(ec.generate_private_key(ec.SECP256R1())))


def test_a_key_without_pem_lines_works_too(outside_secrets: Mapping[str, str]) -> None:
    text = outside_secrets["app_private_key"]
    bare = "".join(text.splitlines()[1:-1])
    assert signature.sign(b"x", bare) == signature.sign(b"x", text)


def test_the_same_user_has_the_same_open_id_and_another_has_another(world: World) -> None:
    alice, again, bob = (world.alipay().exchange(code=code) for code in ("alice.1", "alice.2", "bob.1"))
    assert alice == again
    assert alice.provider == "alipay"
    assert alice.open_id != bob.open_id


@pytest.mark.parametrize("code", ["bad.1", "", "&sign=x"])
def test_a_wrong_code_is_refused(world: World, code: str) -> None:
    world.alipay().exchange(code="&sign=x")  # any word is a user once, but each code works once only
    with pytest.raises(ProviderRefused) as refused:
        world.alipay().exchange(code=code)
    assert refused.value.code == "isv.code-invalid"


def test_our_request_signed_with_another_key_is_turned_away(world: World, outside_secrets: Mapping[str, str]) -> None:
    forger = world.alipay(private_key=outside_secrets["forger_private_key"])
    with pytest.raises(ProviderUnavailable, match="invalid-signature"):
        forger.exchange(code="alice.1")


@pytest.mark.parametrize(
    "change", [("biz_content", "{}"), ("app_id", "1"), ("timestamp", "x"), ("extra", "1"), ("sign", "")]
)
def test_a_request_changed_on_the_way_is_turned_away(world: World, change: tuple[str, str]) -> None:
    params = dict(parse_qsl(urlsplit(world.alipay().start(order_no="a" * 32, **ALICE).url).query))
    params[change[0]] = change[1]
    got = world.browser("POST", GATEWAY, urlencode(params)).json()
    assert got["error_response"]["sub_code"] == "isv.invalid-signature"


class Signed:
    """Answers signed with the gateway's own key, to be tampered with."""

    def __init__(self, secrets: Mapping[str, str], public_key: str) -> None:
        self._key = secrets["gateway_private_key"]
        self.public_key = public_key

    def text(self, content: object, *, member: str = MEMBER) -> str:
        raw = json.dumps(content)
        return f'{{"{member}": {raw}, "sign": "{signature.sign(raw.encode(), self._key)}"}}'

    def read(self, text: str) -> dict[str, object]:
        return answer.read(text, method=METHOD, public_key=self.public_key)


@pytest.fixture
def signed(world: World, outside_secrets: Mapping[str, str]) -> Signed:
    return Signed(outside_secrets, world.config["alipay"]["gateway_public_key"])


def test_a_signed_answer_is_read_as_it_was_sent(signed: Signed) -> None:
    assert signed.read(signed.text({"passed": "T"})) == {"passed": "T"}
    assert signed.read(f" {signed.text({'passed': 'F'})} \n") == {"passed": "F"}


def test_an_answer_changed_on_the_way_is_not_believed(signed: Signed) -> None:
    good = signed.text({"passed": "F"})
    other = signed.text({"passed": "F"}, member="alipay_system_oauth_token_response")
    for bad in [
        good.replace('"F"', '"T"'),
        good.replace('"passed": "F"', '"passed":  "F"'),
        good[:-1] + f', "{MEMBER}": {{"passed": "T"}}}}',
        f'{{"{MEMBER}": {{"passed": "T"}}, ' + good[1:],
        f'{{"{MEMBER}": {{"passed": "T"}}}}',
        f'{{"{MEMBER}": {{"passed": "T"}}, "sign": ""}}',
        f'{{"{MEMBER}": {{"passed": "T"}}, "sign": null}}',
        '{"error_response": {"code": "40004", "sub_code": "X"}}',
        other,
        good + good,
        good[:-1],
        signed.text("T"),
        "{}",
        "",
        "null",
    ]:
        with pytest.raises(ProviderUnavailable):
            signed.read(bad)


@pytest.mark.parametrize(("choice", "passed"), [("pass", True), ("fail", False), ("cancel", False)])
def test_the_result_is_what_the_gateway_says(world: World, choice: str, passed: bool) -> None:
    certify_id = start(world)
    world.choose(certify_id, choice)
    assert world.alipay().result(certify_id=certify_id).passed is passed


@pytest.mark.parametrize(("choice", "claimed", "passed"), [("pass", "passed=T", False), ("fail", "passed=F", True)])
def test_what_the_browser_claims_counts_for_nothing(world: World, choice: str, claimed: str, passed: bool) -> None:
    certify_id = start(world)
    world.simulators.modes.switch(IDENTITY, Mode.LIE)
    assert claimed in choose_and_see(world, certify_id, choice)
    assert world.alipay().result(certify_id=certify_id).passed is passed


def choose_and_see(world: World, certify_id: str, choice: str) -> str:
    """Where the page sends the browser back to."""
    body = f"certify_id={certify_id}&choice={choice}".encode()
    reply = world.simulators.alipay.choose(Request("POST", CERTIFY_PAGE, CERTIFY_PAGE, {}, {}, body))
    return dict(reply.headers)["Location"]


def test_a_callback_that_comes_twice_says_the_same(world: World) -> None:
    certify_id = start(world)
    first = choose_and_see(world, certify_id, "pass")
    assert choose_and_see(world, certify_id, "fail") == first
    assert world.alipay().result(certify_id=certify_id).passed


def test_one_order_number_makes_one_check(world: World) -> None:
    assert start(world) == start(world)
    assert start(world) != start(world, order_no="b" * 32)


def test_a_check_that_nobody_knows_is_refused(world: World) -> None:
    with pytest.raises(ProviderRefused):
        world.alipay().result(certify_id="made-up")
    with pytest.raises(ProviderRefused):
        start(world, id_number="110105194912310021")
    with pytest.raises(ValueError, match="32"):
        start(world, order_no="short")


def test_the_browser_is_sent_through_a_signed_address(world: World) -> None:
    url = world.alipay().start(order_no="a" * 32, **ALICE).url
    with pytest.raises(ProviderUnavailable, match="303"):
        world.browser("GET", url)
    assert world.browser("GET", url.replace("certify_id", "certify_ib")).status == 403
    assert "110105" not in url
    assert parse_qs(urlsplit(url).query)["method"] == [client.CERTIFY]


@pytest.mark.parametrize(
    ("address", "full"),
    [
        ("http://127.0.0.1:8000/#/facts", "http://127.0.0.1:8000/#/facts"),
        ("http://localhost:5173/", "http://localhost:5173/"),
        ("/uc/12345/#/facts", "http://app.test/uc/12345/#/facts"),
        ("http://app.test/x", "http://app.test/x"),
        ("//evil.test/", ""),
        ("/\\evil.test/", ""),
        ("\\\\evil.test", ""),
        ("http://evil.test/", ""),
        ("http://127.0.0.1@evil.test/", ""),
        ("http://evil.test@127.0.0.1/", ""),
        ("http://evil.test#@127.0.0.1/", ""),
        ("http://127.0.0.1.evil.test/", ""),
        ("http://app.test.evil.test/", ""),
        ("http://127.0.0.1:x/", ""),
        ("http://[::1", ""),
        ("javascript:alert(1)//127.0.0.1", ""),
        ("data:text/html,x", ""),
        ("http:/evil.test", ""),
        ("http:evil.test", ""),
        ("/\tevil", ""),
        ("/\r\nSet-Cookie: a=b", ""),
        (" //evil.test", ""),
        ("", ""),
    ],
)
def test_the_way_back_leads_only_home(address: str, full: str) -> None:
    assert return_address.allowed(address, app_origin="http://app.test") == full


def test_the_browsers_word_goes_behind_the_hash_when_the_app_routes_there() -> None:
    word = {"passed": "T"}
    assert return_address.with_word("http://a/#/facts", word) == "http://a/#/facts?passed=T"
    assert return_address.with_word("http://a/#/facts?x=1", word) == "http://a/#/facts?x=1&passed=T"
    assert return_address.with_word("http://a/b?x=1", word) == "http://a/b?x=1&passed=T"
