"""“Waiting for me” says what waits at the desk too: what is to be done, decided and paid."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from niangjia.kernel import clock
from niangjia.scenes.dating.desk import housekeeping, keeping, office, rewarding
from niangjia.scenes.dating.desk.tests.conftest import Centre
from niangjia.scenes.dating.models import Profile

pytestmark = pytest.mark.django_db
DESK, REWARDS = "/console/dating/desk", "/console/dating/centre/rewards"


def _paths(centre: Centre, who: str) -> list[str]:
    return [one.path for one in office.waiting(getattr(centre, who), centre.now)]


def test_what_is_due_for_people_waits_for_their_matchmaker_and_for_nobody_elsewhere(
    centre: Centre, alice: Profile, bob: Profile
) -> None:
    hers, today = centre.record(alice), clock.today(centre.now)
    for days in (-2, 0, 3):
        due = today + timedelta(days=days)
        keeping.add_task(actor=centre.hong, record_id=hers.pk, text="打个电话", due_on=due, now=centre.now)
    (tasks,) = office.waiting(centre.hong, centre.now)
    assert (tasks.count, tasks.due, tasks.path) == (2, today - timedelta(days=2), DESK)  # what is due later is not late
    assert _paths(centre, "lan") == [DESK]  # nobody's yet
    assert _paths(centre, "stranger") == _paths(centre, "officer") == []
    keeping.take_care(actor=centre.hong, record_id=hers.pk, now=centre.now)
    assert _paths(centre, "hong") == [DESK]
    assert _paths(centre, "lan") == []


def test_money_waits_for_those_who_may_decide_it_and_then_for_those_who_may_pay(
    centre: Centre, alice: Profile, bob: Profile
) -> None:
    pair, day = centre.found(alice, bob), clock.today(centre.now)
    for who in (alice, bob):
        rewarding.say_married(person_id=who.person_id, introduction_id=pair.pk, married_on=day, now=centre.now)
    rewarding.saw_certificate(actor=centre.lan, introduction_id=pair.pk, now=centre.now)
    reward = rewarding.propose(actor=centre.lan, introduction_id=pair.pk, now=centre.now)
    assert _paths(centre, "officer") == _paths(centre, "boss") == [REWARDS]
    rewarding.decide(actor=centre.boss, reward_id=reward.pk, agree=True, now=centre.now)
    assert _paths(centre, "officer") == [REWARDS]
    assert _paths(centre, "boss") == []  # whoever decided does not pay
    rewarding.pay(actor=centre.cashier, reward_id=reward.pk, now=centre.now)
    assert _paths(centre, "officer") == []


def test_spending_leads_to_its_station_and_never_to_whoever_proposed_it(centre: Centre) -> None:
    year = clock.today(centre.now).year
    housekeeping.set_budget(actor=centre.boss, station_id=centre.station.pk, year=year, fen=10_000, now=centre.now)
    housekeeping.propose_spending(
        actor=centre.boss, station_id=centre.station.pk, year=year, what="茶点", fen=900, now=centre.now
    )
    assert _paths(centre, "officer") == [f"/console/dating/centre/station?key={centre.station.pk}"]
    assert _paths(centre, "boss") == []


def test_the_inbox_does_not_say_that_all_is_done(centre: Centre, alice: Profile, api: Callable[..., Any]) -> None:
    def inbox() -> str:
        page: str = api(centre.staff["801"], staff=True).client.get("/console/").content.decode()
        return page

    assert "都办完了" in inbox()
    hers, due = centre.record(alice), clock.today(clock.now()) - timedelta(days=1)
    keeping.add_task(actor=centre.hong, record_id=hers.pk, text="打个电话", due_on=due, now=centre.now)
    page = inbox()
    assert "都办完了" not in page
    assert f'<a href="{DESK}"><span class="icon"' in page
