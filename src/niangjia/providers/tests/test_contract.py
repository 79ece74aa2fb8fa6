"""One contract for every provider: whatever the other side does, we learn the truth, a clear no, or nothing."""

from collections.abc import Callable
from itertools import count

import pytest

from niangjia.core.ports import CertifyResult, OutsideIdentity, ProviderRefused, ProviderUnavailable, SmsReceipt
from niangjia.providers.alipay import simulator as alipay
from niangjia.providers.aliyun_sms import simulator as aliyun_sms
from niangjia.providers.simulation import Mode
from niangjia.providers.tests.conftest import World
from niangjia.providers.wechat import simulator as wechat

ALICE = {"legal_name": "李小红", "id_number": "11010519491231002X", "return_url": "http://127.0.0.1:8000/#/facts"}
_codes = count()


def _alipay_sign_in(world: World) -> object:
    return world.alipay().exchange(code=f"alice.{next(_codes)}")


def _wechat_sign_in(world: World) -> object:
    return world.wechat().exchange(code=f"alice.{next(_codes)}")


def _send_sms(world: World) -> object:
    return world.sms().send(phone="13800138000", template="sign_in", params={"code": "123456"}, out_id="1")


def _passed_check(world: World) -> CertifyResult:
    """A check that Alice passed earlier, asked about now."""
    mode = world.simulators.modes.of(alipay.IDENTITY)
    world.simulators.modes.switch(alipay.IDENTITY, Mode.OK)
    certify_id = world.alipay(timeout=30.0).start(order_no="a" * 32, **ALICE).certify_id
    world.choose(certify_id, "pass")
    world.simulators.modes.switch(alipay.IDENTITY, mode)
    return world.alipay().result(certify_id=certify_id)


SIDES: dict[str, tuple[Callable[[World], object], type]] = {
    alipay.SIGN_IN: (_alipay_sign_in, OutsideIdentity),
    alipay.IDENTITY: (_passed_check, CertifyResult),
    wechat.SIDE: (_wechat_sign_in, OutsideIdentity),
    aliyun_sms.SIDE: (_send_sms, SmsReceipt),
}
HARMLESS = {Mode.OK, Mode.SLOW, Mode.DUPLICATE}
NOTHING_KNOWN = set(Mode) - HARMLESS - {Mode.LIE}


def _spoil(world: World, side: str, mode: Mode) -> None:
    world.simulators.modes.switch(side, mode)
    if mode in (Mode.HANG, Mode.LATE):
        world.lose_patience()


def _heal(world: World, side: str) -> None:
    world.simulators.modes.switch(side, Mode.OK)
    world.patience = 30.0


def test_the_contract_covers_twelve_modes_of_four_sides(world: World) -> None:
    assert len(Mode) == 12
    assert set(world.simulators.modes.sides) == set(SIDES)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("mode", sorted(HARMLESS))
def test_an_answer_in_time_is_taken_once(world: World, side: str, mode: Mode) -> None:
    ask, answer_type = SIDES[side]
    world.simulators.modes.switch(side, mode)
    answers = [ask(world), ask(world)]
    assert all(isinstance(answer, answer_type) for answer in answers)
    if answer_type is not SmsReceipt:  # each message has a number of its own
        assert answers[0] == answers[1]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("mode", sorted(NOTHING_KNOWN))
def test_without_a_sound_answer_nothing_is_known(world: World, side: str, mode: Mode) -> None:
    ask, _ = SIDES[side]
    _spoil(world, side, mode)
    with pytest.raises(ProviderUnavailable):
        ask(world)


@pytest.mark.parametrize("side", [side for side in SIDES if side != alipay.IDENTITY])
def test_an_answer_that_contradicts_itself_is_a_no(world: World, side: str) -> None:
    ask, _ = SIDES[side]
    world.simulators.modes.switch(side, Mode.LIE)
    with pytest.raises(ProviderRefused):
        ask(world)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("mode", sorted(NOTHING_KNOWN))
def test_nothing_stays_stuck_once_the_other_side_is_well_again(world: World, side: str, mode: Mode) -> None:
    ask, answer_type = SIDES[side]
    _spoil(world, side, mode)
    with pytest.raises(ProviderUnavailable):
        ask(world)
    _heal(world, side)
    assert isinstance(ask(world), answer_type)


@pytest.mark.parametrize("side", SIDES)
def test_nothing_is_known_when_nobody_is_there(world: World, side: str) -> None:
    ask, _ = SIDES[side]
    for name in ("alipay", "wechat", "aliyun_sms"):
        section = world.config[name]
        section["gateway"] = section["gateway"].replace(str(world.server.server_address[1]), "1")
    with pytest.raises(ProviderUnavailable):
        ask(world)
