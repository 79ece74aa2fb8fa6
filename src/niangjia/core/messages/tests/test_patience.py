"""A text message is tried as long as it lives, and whoever relies on it hears when it does not go out."""

import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from procrastinate.jobs import Job
from procrastinate.utils import utcnow

from niangjia.core import ports
from niangjia.core.messages import jobs, services
from niangjia.core.messages.models import Note, Outbound
from niangjia.core.messages.types import Template, register
from niangjia.engines.allocation.tests.storm import at_once, wait_until_blocked

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
register(
    Template("tried", "t", "t", sms="tried", unsent="not_out"),
    Template("code_tried", "t", "t", sms="code"),
    Template("not_out", "not yet", "call yourself"),
)


class Provider:
    """Gone until a moment; then it sends."""

    def __init__(self, back: timedelta, *, refuses: bool = False) -> None:
        self.back, self.refuses, self.sent, self.tries = START + back, refuses, 0, 0

    def send(self, **_what: Any) -> ports.SmsReceipt:
        self.tries += 1
        if self.refuses:
            raise ports.ProviderRefused(code="number", message="no such number")
        if datetime.now(UTC) < self.back:
            raise ports.ProviderUnavailable
        self.sent += 1
        return ports.SmsReceipt(provider_id="1")


def _wait(attempts: int) -> timedelta | None:
    """What the worker would wait, by the strategy itself."""
    job = Job(id=1, status="doing", queue="messages", lock=None, queueing_lock=None, task_name="t", attempts=attempts)
    decision = jobs.Patience().get_retry_decision(exception=ports.ProviderUnavailable(), job=job)
    return decision.retry_at - utcnow() if decision and decision.retry_at else None


def _work(provider: Provider, monkeypatch: pytest.MonkeyPatch, outbound: Outbound) -> None:
    """As the worker does: again and again while the strategy says so, with the clock moving on."""
    monkeypatch.setattr(ports, "sms", lambda: provider)
    with time_machine.travel(START, tick=False) as clock:
        for attempt in range(2_000):
            try:
                jobs.deliver.func(outbound_id=str(outbound.pk))
                return
            except ports.ProviderUnavailable:
                wait = _wait(attempt)
                if wait is None:
                    return
                assert wait <= timedelta(minutes=2, seconds=1)
                clock.shift(wait + timedelta(seconds=1))


def _message(person: Any, *, template: str = "tried", life: timedelta = timedelta(hours=6)) -> Outbound:
    services.send_sms(phone="1", template=template, params={}, now=START, person_id=person.pk, life=life)
    return Outbound.objects.get()


@pytest.mark.parametrize(("away", "told"), [(0, 0), (1, 0), (70, 1), (300, 1)])
def test_it_is_sent_when_the_provider_comes_back_after_hours_too(
    away: int, told: int, make_person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, provider = make_person(1), Provider(timedelta(minutes=away))
    _work(provider, monkeypatch, _message(alice))
    row = Outbound.objects.get()
    assert (provider.sent, row.state, row.to, row.params) == (1, "sent", "", "")
    assert Note.objects.filter(person=alice, template="not_out").count() == told


def test_what_outlives_itself_ends_and_is_told_once(make_person: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    alice, provider = make_person(1), Provider(timedelta(days=2))
    _work(provider, monkeypatch, _message(alice))
    assert (provider.sent, Outbound.objects.get().state) == (0, "expired")
    assert Note.objects.filter(person=alice, template="not_out").count() == 1


def test_a_refused_number_is_told_at_once(make_person: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    alice, provider = make_person(1), Provider(timedelta(0), refuses=True)
    _work(provider, monkeypatch, _message(alice))
    assert (provider.tries, Outbound.objects.get().state) == (1, "refused")
    assert Note.objects.filter(person=alice, template="not_out").count() == 1


def test_a_code_dies_with_its_five_minutes_and_tells_nobody(make_person: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    alice, provider = make_person(1), Provider(timedelta(minutes=30))
    _work(provider, monkeypatch, _message(alice, template="code_tried", life=services.SMS_LIFE))
    assert (provider.sent, Outbound.objects.get().state) == (0, "expired")
    assert not Note.objects.exists()


class Slow:
    """Has the message in its hands until it is let go."""

    def __init__(self) -> None:
        self.has_it, self.may_go, self.sent = threading.Event(), threading.Event(), 0

    def send(self, **_what: Any) -> ports.SmsReceipt:
        self.has_it.set()
        assert self.may_go.wait(20)
        self.sent += 1
        return ports.SmsReceipt(provider_id="1")


def _withdraw(person: Any) -> bool:
    return services.withdraw_sms(person_id=person.pk, templates=("tried",), since=START, now=START)


def _withdrawn_while_sending(person: Any, provider: Slow, monkeypatch: pytest.MonkeyPatch, *, waits: bool) -> Any:
    """What whoever withdraws is told, when the provider has the message already."""
    monkeypatch.setattr(ports, "sms", lambda: provider)
    outbound = _message(person)
    answers: list[Any] = []
    sending = threading.Thread(target=lambda: at_once([partial(jobs.deliver.func, outbound_id=str(outbound.pk))]))
    asking = threading.Thread(target=lambda: answers.extend(at_once([partial(_withdraw, person)])))
    with time_machine.travel(START, tick=False):
        sending.start()
        assert provider.has_it.wait(20)
        asking.start()
        if waits:
            wait_until_blocked(1)
        else:
            asking.join()
        provider.may_go.set()
        sending.join()
        asking.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_a_message_leaves_that_was_said_to_be_withdrawn(
    make_person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = Slow()
    monkeypatch.setattr(jobs, "_held", Outbound.objects.all)
    assert _withdrawn_while_sending(make_person(1), provider, monkeypatch, waits=False) == [False]
    assert provider.sent == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_leaving_cannot_be_withdrawn_and_says_so(make_person: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    provider = Slow()
    assert _withdrawn_while_sending(make_person(1), provider, monkeypatch, waits=True) == [True]
    assert (provider.sent, Outbound.objects.get().state) == (1, "sent")


def test_what_was_withdrawn_never_leaves(make_person: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    alice, bob, provider = make_person(1), make_person(2), Provider(timedelta(0))
    hers = _message(alice)
    assert not _withdraw(bob)
    assert Outbound.objects.get().state == "waiting"
    assert not _withdraw(alice)
    _work(provider, monkeypatch, hers)
    assert (provider.sent, Outbound.objects.get().to) == (0, "")
