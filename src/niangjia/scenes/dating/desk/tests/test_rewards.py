"""2,000 yuan once for each couple, with proof, by several people; and money of a station under four eyes."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from niangjia.core.access import Actor
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict, NotFound
from niangjia.scenes.dating.desk import errors, housekeeping, rewarding
from niangjia.scenes.dating.desk.models import Budget, Introduction, Marriage, Reward, Spending
from niangjia.scenes.dating.desk.tests.conftest import Centre
from niangjia.scenes.dating.models import Decision, Pair, Profile


def _married(centre: Centre, alice: Profile, bob: Profile) -> Introduction:
    row = centre.found(alice, bob)
    for who in (alice, bob):
        rewarding.say_married(
            person_id=who.person_id, introduction_id=row.pk, married_on=clock.today(centre.now), now=centre.now
        )
    return row


def _proposed(centre: Centre, alice: Profile, bob: Profile) -> Reward:
    row = _married(centre, alice, bob)
    rewarding.saw_certificate(actor=centre.lan, introduction_id=row.pk, now=centre.now)
    return rewarding.propose(actor=centre.lan, introduction_id=row.pk, now=centre.now)


def test_both_confirm_and_somebody_sees_the_certificate(centre: Centre, alice: Profile, bob: Profile) -> None:
    row = centre.found(alice, bob)
    today = clock.today(centre.now)
    rewarding.say_married(person_id=alice.person_id, introduction_id=row.pk, married_on=today, now=centre.now)
    with pytest.raises(errors.NotProven):
        rewarding.saw_certificate(actor=centre.lan, introduction_id=row.pk, now=centre.now)
    rewarding.say_married(person_id=bob.person_id, introduction_id=row.pk, married_on=today, now=centre.now)
    with pytest.raises(errors.NotProven):
        rewarding.propose(actor=centre.lan, introduction_id=row.pk, now=centre.now)
    rewarding.saw_certificate(actor=centre.lan, introduction_id=row.pk, now=centre.now)
    assert rewarding.propose(actor=centre.lan, introduction_id=row.pk, now=centre.now).fen == 200_000
    row.refresh_from_db()
    assert row.story == "registered"


def test_another_day_must_be_confirmed_anew(centre: Centre, alice: Profile, bob: Profile) -> None:
    row = centre.found(alice, bob)
    today = clock.today(centre.now)
    rewarding.say_married(person_id=alice.person_id, introduction_id=row.pk, married_on=today, now=centre.now)
    Introduction.objects.filter(pk=row.pk).update(made_at=centre.now - timedelta(days=9))
    rewarding.say_married(
        person_id=bob.person_id, introduction_id=row.pk, married_on=today - timedelta(days=1), now=centre.now
    )
    told = Marriage.objects.get()
    assert [told.one_said_at, told.other_said_at].count(None) == 1


def test_four_eyes_at_every_step(centre: Centre, alice: Profile, bob: Profile) -> None:
    row = _married(centre, alice, bob)
    rewarding.saw_certificate(actor=centre.hong, introduction_id=row.pk, now=centre.now)
    with pytest.raises(errors.TwoPeople):  # for oneself
        rewarding.propose(actor=centre.hong, introduction_id=row.pk, now=centre.now)
    reward = rewarding.propose(actor=centre.lan, introduction_id=row.pk, now=centre.now)
    with pytest.raises(NotFound):  # a matchmaker decides no money
        rewarding.decide(actor=centre.lan, reward_id=reward.pk, agree=True, now=centre.now)
    with pytest.raises(Conflict):  # not decided yet
        rewarding.pay(actor=centre.cashier, reward_id=reward.pk, now=centre.now)
    rewarding.decide(actor=centre.officer, reward_id=reward.pk, agree=True, now=centre.now)
    with pytest.raises(errors.TwoPeople):  # who agreed does not pay
        rewarding.pay(actor=centre.officer, reward_id=reward.pk, now=centre.now)
    assert rewarding.pay(actor=centre.cashier, reward_id=reward.pk, now=centre.now).state == "paid"
    with pytest.raises(Conflict):
        rewarding.pay(actor=centre.boss, reward_id=reward.pk, now=centre.now)


@pytest.mark.parametrize(
    ("columns", "who"),
    [
        ({"proposed_by_id": "hong"}, "desk_reward_not_proposed_for_oneself"),
        ({"state": "payable", "decided_by_id": "lan"}, "desk_reward_four_eyes"),
        ({"state": "payable", "decided_by_id": "hong"}, "desk_reward_four_eyes"),
        ({"state": "paid", "decided_by_id": "officer", "paid_by_id": "officer"}, "desk_reward_paid_by_another"),
        ({"state": "paid", "decided_by_id": "officer", "paid_by_id": "hong"}, "desk_reward_paid_by_another"),
        ({"state": "paid"}, "desk_reward_step_by_step"),
        ({"fen": 300_000}, "desk_reward_is_2000_yuan"),
    ],
)
def test_the_database_itself_refuses(
    centre: Centre, alice: Profile, bob: Profile, columns: dict[str, Any], who: str
) -> None:
    reward = _proposed(centre, alice, bob)
    given = {k: getattr(centre, v).person_id if k.endswith("_id") else v for k, v in columns.items()}
    with pytest.raises(IntegrityError, match=who), transaction.atomic():
        Reward.objects.filter(pk=reward.pk).update(**given)


def test_a_couple_is_rewarded_once_ever(centre: Centre, alice: Profile, bob: Profile) -> None:
    reward = _proposed(centre, alice, bob)
    assert reward.introduction_id is not None
    with pytest.raises(errors.RewardedBefore):
        rewarding.propose(actor=centre.lan, introduction_id=reward.introduction_id, now=centre.now)
    for model in (Introduction, Pair, Decision):  # the two left, came back, and were introduced again
        model._default_manager.all().delete()
    assert Reward.objects.get().introduction_id is None
    with pytest.raises(errors.RewardedBefore):
        _proposed(centre, alice, bob)


@pytest.mark.django_db(transaction=True)
def test_two_who_propose_at_once_make_one_reward(centre: Centre, alice: Profile, bob: Profile) -> None:
    """With the guard off the race is lost: two rewards stand there."""
    row = _married(centre, alice, bob)
    rewarding.saw_certificate(actor=centre.lan, introduction_id=row.pk, now=centre.now)
    Introduction.objects.filter(pk=row.pk).update(made_by=centre.staff["806"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'desk_a_couple_is_rewarded_once'")
        definition = cursor.fetchone()[0]
        cursor.execute("DROP INDEX desk_a_couple_is_rewarded_once")
    try:
        _race(centre, row)
        assert Reward.objects.count() == 2
    finally:
        Reward.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(definition)
    _race(centre, row)
    assert Reward.objects.count() == 1


def _race(centre: Centre, row: Introduction) -> None:
    ready = Barrier(2)

    def run(actor: Actor) -> None:
        try:
            ready.wait(timeout=20)
            rewarding.propose(actor=actor, introduction_id=row.pk, now=centre.now)
        except Conflict:
            pass
        finally:
            connection.close()

    threads = [Thread(target=run, args=(actor,)) for actor in (centre.hong, centre.lan)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_spending_takes_two_and_stays_within_the_budget(centre: Centre) -> None:
    housekeeping.set_budget(actor=centre.officer, station_id=centre.station.pk, year=2026, fen=10_000, now=centre.now)
    lines = [
        housekeeping.propose_spending(
            actor=centre.officer, station_id=centre.station.pk, year=2026, what="茶歇", fen=6_000, now=centre.now
        )
        for _ in range(2)
    ]
    with pytest.raises(errors.TwoPeople):
        housekeeping.decide_spending(actor=centre.officer, spending_id=lines[0].pk, agree=True, now=centre.now)
    housekeeping.decide_spending(actor=centre.boss, spending_id=lines[0].pk, agree=True, now=centre.now)
    with pytest.raises(errors.OverBudget):
        housekeeping.decide_spending(actor=centre.boss, spending_id=lines[1].pk, agree=True, now=centre.now)
    assert (Budget.objects.get().spent, Spending.objects.get(pk=lines[1].pk).state) == (6_000, "proposed")
    with pytest.raises(IntegrityError, match="desk_within_the_budget"), transaction.atomic():
        Budget.objects.update(spent=10_001)
    with pytest.raises(IntegrityError, match="desk_spending_four_eyes"), transaction.atomic():
        Spending.objects.filter(pk=lines[1].pk).update(state="agreed", decided_by=centre.officer.person_id)


def test_another_citys_money_is_not_seen(centre: Centre, grant: Callable[..., Any], tree: dict[str, Any]) -> None:
    with pytest.raises(NotFound):
        housekeeping.set_budget(actor=centre.stranger, station_id=centre.station.pk, year=2026, fen=1, now=centre.now)
