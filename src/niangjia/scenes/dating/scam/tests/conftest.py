"""Bob writes to Alice, and to others too; Charlie looks on, Dora of the union handles reports."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.accounts.models import Person
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.chat.tests.conftest import (
    alice,
    attest,
    bob,
    carol,
    charlie,
    firms,
    now,
    pair,
    phone,
    single,
)
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.scam import services
from niangjia.scenes.dating.scam.types import Line, Verdict

__all__ = ["alice", "attest", "bob", "carol", "charlie", "firms", "now", "pair", "phone", "single"]

STORY = (
    "宝贝早安，昨晚梦到你了",
    "这个平台我不常用，加我微信吧",
    "我舅舅在证券公司，有内部消息，昨晚又赚了三万",
    "你别告诉别人，跟着我投，稳赚不赔，我带你一起赚钱",
)


@pytest.fixture
def told(now: datetime) -> Callable[..., Verdict]:
    """What the guard thinks of these words of one side."""

    def weigh(sender: Profile, pair: Pair, *texts: str, at: datetime | None = None) -> Verdict:
        when = at or now
        lines = [Line(True, text, when + timedelta(minutes=n)) for n, text in enumerate(texts)]
        return services.weigh(pair_id=pair.pk, sender=sender, lines=lines, now=when)

    return weigh


@pytest.fixture
def pair_with(bob: Profile, single: Callable[..., Profile], now: datetime) -> Callable[..., tuple[Profile, Pair]]:
    """Another woman with whom Bob is paired."""

    def make(number: int) -> tuple[Profile, Pair]:
        other = single(number, "f", firm="tea")
        first, second = sorted((bob, other), key=lambda one: one.pk)
        return other, Pair.objects.create(first=first, second=second, since=now)

    return make


@pytest.fixture
def send(told: Any, now: datetime) -> Callable[..., Any]:
    """The story is sent all the same; returns the id of its message."""

    def story(sender: Profile, receiver: Profile, pair: Pair, *texts: str, at: datetime | None = None) -> Any:
        key, verdict = new_id(), told(sender, pair, *(texts or STORY), at=at)
        services.noted(
            message_id=key, pair_id=pair.pk, sender=sender, receiver=receiver, verdict=verdict, now=at or now
        )
        return key

    return story


@pytest.fixture
def dora(make_person: Callable[..., Person], grant: Callable[..., Any], tree: Any, now: datetime) -> Actor:
    person = make_person(40)
    grant(person, "union_officer", tree["yinzhou"])
    return Actor(person_id=person.pk, grants=grants_of(person.pk), second_factor_at=now)
