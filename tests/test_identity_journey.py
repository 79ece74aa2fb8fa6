"""From a stranger to a verified person, through our API and the simulated other side of the face check."""
# ruff: noqa: F811  # a fixture is asked for by an argument of its name

from collections.abc import Callable
from typing import Any

import pytest

from niangjia.core.accounts.models import Person
from niangjia.providers.alipay.simulator import IDENTITY
from niangjia.providers.simulation import Mode
from niangjia.providers.tests.conftest import World, outside_secrets, world  # noqa: F401  # fixtures

CLAIM = {"legal_name": "王小兰", "id_number": "330106199003070022", "return_url": "/#/facts"}


@pytest.fixture
def phone(
    world: World,
    settings: Any,
    make_person: Callable[..., Person],
    api: Callable[..., Any],
) -> Any:
    settings.PROVIDER_CONFIG = world.config
    phone = api(make_person(1))
    phone.client.defaults["HTTP_HOST"] = "127.0.0.1:8000"
    phone.post("consents", purpose="real_person_face", given=True)
    return phone


def test_she_passes_and_is_verified(phone: Any, world: World) -> None:
    begun = phone.post("facts/identity/start", **CLAIM)
    assert phone.status == 200, begun
    assert phone.post("facts/identity/finish", certify_id=begun["certify_id"])["error"]["code"] == "not_finished"
    world.choose(begun["certify_id"], "pass")
    assert phone.post("facts/identity/finish", certify_id=begun["certify_id"])["state"] == "verified"
    me = phone.get("me")
    assert me["name_masked"] == "王**"
    assert me["verified"][0]["state"] == "verified"


def test_she_fails_and_is_shown_the_desk(phone: Any, world: World) -> None:
    begun = phone.post("facts/identity/start", **CLAIM)
    world.choose(begun["certify_id"], "fail")
    told = phone.post("facts/identity/finish", certify_id=begun["certify_id"])
    assert phone.status == 422
    assert told["error"]["next"]
    assert phone.get("facts")["items"][0]["state"] == "none"


def test_a_browser_that_claims_success_is_not_believed(phone: Any, world: World) -> None:
    begun = phone.post("facts/identity/start", **CLAIM)
    switch(world, Mode.LIE)
    world.choose(begun["certify_id"], "pass")  # her browser says T, the gateway knows F
    switch(world, Mode.OK)
    phone.post("facts/identity/finish", certify_id=begun["certify_id"], passed="T")
    assert phone.status == 422
    assert phone.get("facts")["items"][0]["state"] == "none"


@pytest.mark.parametrize(
    "mode",
    [Mode.HANG, Mode.RESET, Mode.GARBAGE, Mode.WRONG_SIGNATURE, Mode.ERROR_500, Mode.EMPTY, Mode.TRUNCATED, Mode.LATE],
)
def test_whatever_the_other_side_does_nobody_is_verified_by_it(
    phone: Any, world: World, settings: Any, mode: Mode
) -> None:
    begun = phone.post("facts/identity/start", **CLAIM)
    world.choose(begun["certify_id"], "pass")
    settings.PROVIDER_CONFIG = {**world.config, "alipay": {**world.config["alipay"], "timeout": 0.3}}
    switch(world, mode)
    told = phone.post("facts/identity/finish", certify_id=begun["certify_id"])
    assert (phone.status, told["error"]["code"]) == (503, "unavailable")
    assert phone.get("facts")["items"][0]["state"] == "none"
    settings.PROVIDER_CONFIG = world.config
    switch(world, Mode.OK)
    assert phone.post("facts/identity/finish", certify_id=begun["certify_id"])["state"] == "verified"


def switch(world: World, mode: Mode) -> None:
    world.simulators.modes.switch(IDENTITY, mode)
