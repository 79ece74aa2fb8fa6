"""WeChat: which codes are a no, which say nothing, and how the access token is kept."""

import pytest

from niangjia.core.ports import ProviderRefused, ProviderUnavailable
from niangjia.providers.simulation import Mode
from niangjia.providers.tests.conftest import World
from niangjia.providers.wechat.client import _raise_unless_ok
from niangjia.providers.wechat.simulator import SIDE


def test_a_code_works_once(world: World) -> None:
    alice = world.wechat().exchange(code="alice.1")
    assert alice.open_id
    assert alice.union_id
    with pytest.raises(ProviderRefused) as refused:
        world.wechat().exchange(code="alice.1")
    assert refused.value.code == "40163"
    assert world.wechat().exchange(code="alice.2") == alice


@pytest.mark.parametrize(("code", "errcode"), [("risky.1", "40226"), ("bad.1", "40029"), ("", "40029")])
def test_a_clear_no_is_passed_on(world: World, code: str, errcode: str) -> None:
    with pytest.raises(ProviderRefused) as refused:
        world.wechat().exchange(code=code)
    assert refused.value.code == errcode


@pytest.mark.parametrize("code", [-1, 40013, 40125, 40164, 45011, 48001, 99999, "0", "40029", None, True, [], 0.5])
def test_any_other_code_says_nothing_about_the_person(code: object) -> None:
    with pytest.raises(ProviderUnavailable):
        _raise_unless_ok({"errcode": code, "openid": "x"})


@pytest.mark.parametrize("change", [{"secret": "guessed"}, {"app_id": "another"}])
def test_a_wrong_secret_gets_nothing(world: World, change: dict[str, str]) -> None:
    with pytest.raises(ProviderUnavailable):
        world.wechat(**change).exchange(code="alice.1")


def test_a_busy_wechat_is_unavailable(world: World) -> None:
    with pytest.raises(ProviderUnavailable):
        world.wechat().exchange(code="busy.1")


def test_a_shared_phone_number_comes_once(world: World) -> None:
    assert world.wechat().phone_number(code="p-alice.1").startswith("139")
    with pytest.raises(ProviderRefused):
        world.wechat().phone_number(code="p-alice.1")


def test_one_consent_pays_for_one_notice(world: World) -> None:
    wechat = world.wechat()
    notice = {
        "open_id": "alice",
        "template_id": "t1",
        "values": {"thing1": "有人也喜欢爬山"},
        "page": "pages/index/index",
    }
    world.simulators.wechat.grant_notice("alice", "t1")
    wechat.send_notice(**notice)  # type: ignore[arg-type]
    with pytest.raises(ProviderRefused) as refused:
        wechat.send_notice(**notice)  # type: ignore[arg-type]
    assert refused.value.code == "43101"


def test_the_token_is_fetched_once(world: World) -> None:
    wechat = world.wechat()
    wechat.phone_number(code="one.1")
    world.simulators.wechat._secret = "changed"  # so a second fetch would be refused
    assert wechat.phone_number(code="two.1")


def test_a_token_that_went_stale_is_fetched_anew_once(world: World) -> None:
    wechat = world.wechat()
    wechat.phone_number(code="one.1")
    world.simulators.wechat._token = "renewed by another process"
    assert wechat.phone_number(code="two.1")
    world.simulators.modes.switch(SIDE, Mode.WRONG_SIGNATURE)
    with pytest.raises(ProviderUnavailable):
        wechat.phone_number(code="three.1")


@pytest.mark.parametrize("mode", [mode for mode in Mode if mode not in (Mode.OK, Mode.SLOW, Mode.DUPLICATE, Mode.LIE)])
def test_notices_and_numbers_fail_closed_too(world: World, mode: Mode) -> None:
    wechat = world.wechat()
    wechat.phone_number(code="warm.1")
    world.simulators.wechat.grant_notice("alice", "t1")
    world.simulators.modes.switch(SIDE, mode)
    impatient = world.wechat(timeout=0.2)
    with pytest.raises(ProviderUnavailable):
        impatient.phone_number(code="alice.1")
    with pytest.raises(ProviderUnavailable):
        impatient.send_notice(open_id="alice", template_id="t1", values={}, page="")
