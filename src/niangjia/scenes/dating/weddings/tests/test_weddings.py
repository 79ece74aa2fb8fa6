"""Two apply, each with their own yes; a place is never given twice; the list names whom both wish to be named."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.accounts.models import Person
from niangjia.core.attestations.models import Attestation
from niangjia.core.attestations.services.standing import fall, of_person
from niangjia.core.orgs.models import Org
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict, Invalid, NotFound, TooMany
from niangjia.scenes.dating.weddings import applying, arranging, errors, home, office, selectors
from niangjia.scenes.dating.weddings.models import Couple, Wedding
from niangjia.scenes.dating.weddings.types import PARTNER_WITHIN, Plan

DAY = timedelta(days=1)
Maker = Callable[..., Person]


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def real(make_person: Maker, now: datetime) -> Maker:
    def make(number: int, name: str) -> Person:
        person = make_person(number, legal_name=name)
        Attestation.objects.create(person=person, made_at=now - DAY, kind="real_person", method="face", issuer="alipay")
        return person

    return make


@pytest.fixture
def officer(make_person: Maker, grant: Callable[..., Any], tree: dict[str, Org], now: datetime) -> Actor:
    return _staff(make_person(901), "union_officer", tree["hangzhou"], grant, now)


def _staff(person: Person, role: str, org: Org, grant: Callable[..., Any], now: datetime) -> Actor:
    grant(person, role, org)
    return Actor(person_id=person.pk, grants=tuple(grants_of(person.pk)), second_factor_at=now)


@pytest.fixture
def wedding(officer: Actor, tree: dict[str, Org], now: datetime) -> Wedding:
    return _wedding(officer, tree["hangzhou"], now)


def _wedding(officer: Actor, org: Org, now: datetime, places: int = 1) -> Wedding:
    plan = Plan(title="西湖集体婚礼", place="西湖", held_at=now + 60 * DAY, apply_until=now + 30 * DAY, places=places)
    made = arranging.draft(actor=officer, org_id=org.pk, plan=plan, now=now)
    return arranging.publish(actor=officer, wedding_id=made.pk, now=now)


def _together(wedding: Wedding, one: Person, other: Person, now: datetime) -> Couple:
    asked = applying.apply(person_id=one.pk, wedding_id=wedding.pk, partner_phone=other.phone, now=now)
    joined = applying.join(person_id=other.pk, couple_id=asked.pk, yes=True, now=now)
    assert joined is not None
    return joined


def _ready(officer: Actor, wedding: Wedding, one: Person, other: Person, now: datetime) -> Couple:
    couple = _together(wedding, one, other, now)
    return arranging.saw_certificate(actor=officer, couple_id=couple.pk, married_on=date(2026, 10, 1), now=now)


def test_the_other_says_yes_on_their_own_phone(wedding: Wedding, real: Maker, officer: Actor, now: datetime) -> None:
    alice, bob, charlie = real(1, "王小爱"), real(2, "李阿波"), real(3, "张查理")
    asked = applying.apply(person_id=alice.pk, wedding_id=wedding.pk, partner_phone=bob.phone, now=now)
    assert list(selectors.couples_of(officer, wedding)) == []  # staff meet two, not one
    with pytest.raises(NotFound):
        applying.join(person_id=charlie.pk, couple_id=asked.pk, yes=True, now=now)
    joined = applying.join(person_id=bob.pk, couple_id=asked.pk, yes=True, now=now)
    assert joined is not None
    assert (joined.partner_phone, joined.partner_index) == ("", None)
    assert [row.pk for row in selectors.couples_of(officer, wedding)] == [asked.pk]


def test_a_no_and_a_silence_leave_nothing(wedding: Wedding, real: Maker, now: datetime) -> None:
    alice, bob = real(1, "王小爱"), real(2, "李阿波")
    asked = applying.apply(person_id=alice.pk, wedding_id=wedding.pk, partner_phone=bob.phone, now=now)
    assert applying.join(person_id=bob.pk, couple_id=asked.pk, yes=False, now=now) is None
    assert not Couple.objects.exists()
    applying.apply(person_id=alice.pk, wedding_id=wedding.pk, partner_phone=bob.phone, now=now)
    applying.forget_unanswered(now=now + PARTNER_WITHIN)
    assert not Couple.objects.exists()


def test_nobodys_phone_is_rung_again_and_again(wedding: Wedding, real: Maker, now: datetime) -> None:
    alice, bob = real(1, "王小爱"), real(2, "李阿波")
    for _ in range(3):
        asked = applying.apply(person_id=alice.pk, wedding_id=wedding.pk, partner_phone=bob.phone, now=now)
        applying.join(person_id=bob.pk, couple_id=asked.pk, yes=False, now=now)
    with pytest.raises(TooMany):
        applying.apply(person_id=alice.pk, wedding_id=wedding.pk, partner_phone=bob.phone, now=now)


def test_nobody_is_in_two_couples(wedding: Wedding, real: Maker, now: datetime) -> None:
    alice, bob, charlie = real(1, "王小爱"), real(2, "李阿波"), real(3, "张查理")
    _together(wedding, alice, bob, now)
    other = applying.apply(person_id=charlie.pk, wedding_id=wedding.pk, partner_phone=alice.phone, now=now)
    with pytest.raises(Conflict):
        applying.join(person_id=alice.pk, couple_id=other.pk, yes=True, now=now)
    with pytest.raises(Invalid):
        applying.apply(person_id=alice.pk, wedding_id=wedding.pk, partner_phone=alice.phone, now=now)


def test_only_the_verified_with_a_certificate_get_a_place(
    wedding: Wedding, real: Maker, make_person: Maker, officer: Actor, now: datetime
) -> None:
    alice, bob, unverified = real(1, "王小爱"), real(2, "李阿波"), make_person(9)
    with pytest.raises(errors.NotVerified):
        applying.apply(person_id=unverified.pk, wedding_id=wedding.pk, partner_phone=bob.phone, now=now)
    couple = _together(wedding, alice, bob, now)
    with pytest.raises(errors.NotSeen):
        arranging.confirm(actor=officer, couple_id=couple.pk, now=now)
    with pytest.raises(Invalid):
        arranging.saw_certificate(actor=officer, couple_id=couple.pk, married_on=clock.today(now) + DAY, now=now)
    arranging.saw_certificate(actor=officer, couple_id=couple.pk, married_on=clock.today(now), now=now)
    Attestation.objects.filter(person=bob).update(fallen_at=now, fall_reason="x")
    with pytest.raises(errors.NotVerified):
        arranging.confirm(actor=officer, couple_id=couple.pk, now=now)
    Attestation.objects.filter(person=bob).update(fallen_at=None, fall_reason="")
    arranging.confirm(actor=officer, couple_id=couple.pk, now=now)
    arranging.confirm(actor=officer, couple_id=couple.pk, now=now)  # twice is once
    wedding.refresh_from_db()
    assert wedding.taken == 1


def test_staff_of_another_city_find_nothing(
    wedding: Wedding, real: Maker, make_person: Maker, grant: Callable[..., Any], tree: dict[str, Org], now: datetime
) -> None:
    stranger = _staff(make_person(902), "union_officer", tree["ningbo"], grant, now)
    couple = _together(wedding, real(1, "王小爱"), real(2, "李阿波"), now)
    assert list(selectors.arranged_by(stranger)) == []
    for call in (
        lambda: arranging.confirm(actor=stranger, couple_id=couple.pk, now=now),
        lambda: arranging.publish_list(actor=stranger, wedding_id=wedding.pk, now=now),
    ):
        with pytest.raises(NotFound):
            call()


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_given_once_in_a_race(
    real: Maker, officer: Actor, tree: dict[str, Org], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the guard off, and the CHECK away, both couples get the one place. With it, one does."""
    wedding = _wedding(officer, tree["hangzhou"], now)
    pairs = [_ready(officer, wedding, real(10 * n + 1, "王小爱"), real(10 * n + 2, "李阿波"), now) for n in range(1, 3)]

    def unguarded(wedding_id: Any) -> None:
        row = Wedding.objects.get(pk=wedding_id)
        if row.taken >= row.places:
            raise errors.Full
        looked.wait(timeout=20)
        Wedding.objects.filter(pk=wedding_id).update(taken=row.taken + 1)

    looked = Barrier(2)
    with monkeypatch.context() as off:
        off.setattr(arranging, "take_place", unguarded)
        _race(officer, pairs, now)
    assert Couple.objects.exclude(confirmed_at=None).count() == 2  # oversold
    Couple.objects.update(confirmed_at=None, confirmed_by=None)
    Wedding.objects.update(taken=0)
    _race(officer, pairs, now)
    assert Couple.objects.exclude(confirmed_at=None).count() == 1
    assert Wedding.objects.get().taken == 1


def _race(officer: Actor, pairs: list[Couple], now: datetime) -> None:
    ready = Barrier(len(pairs))

    def run(key: Any) -> None:
        try:
            ready.wait(timeout=20)
            arranging.confirm(actor=officer, couple_id=key, now=now)
        except Conflict:
            pass
        finally:
            connection.close()

    threads = [Thread(target=run, args=(pair.pk,)) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_database_itself_refuses_one_too_many(wedding: Wedding) -> None:
    with pytest.raises(IntegrityError, match="wedding_never_oversold"), transaction.atomic():
        Wedding.objects.update(taken=2)


def test_the_list_shows_what_both_chose(real: Maker, officer: Actor, tree: dict[str, Org], now: datetime) -> None:
    wedding = _wedding(officer, tree["hangzhou"], now, places=9)
    people = [(real(10 * n, f"王{n}一"), real(10 * n + 1, f"李{n}二")) for n in range(1, 4)]
    couples = [_ready(officer, wedding, one, other, now) for one, other in people]
    for hours, couple in enumerate(couples):
        arranging.confirm(actor=officer, couple_id=couple.pk, now=now + hours * timedelta(hours=1))
    for couple, (one, other) in zip(couples[:2], people[:2], strict=True):
        applying.show(person_id=one.pk, couple_id=couple.pk, how="full", now=now)
        applying.show(person_id=other.pk, couple_id=couple.pk, how="masked", now=now)
    applying.show(person_id=people[2][0].pk, couple_id=couples[2].pk, how="full", now=now)  # the other said nothing
    wedding.refresh_from_db()
    assert selectors.couples_on_list(wedding, now) == []
    wedding = arranging.publish_list(actor=officer, wedding_id=wedding.pk, now=now)
    assert selectors.couples_on_list(wedding, now) == [("王1一", "李**"), ("王2一", "李**")]
    applying.show(person_id=people[0][0].pk, couple_id=couples[0].pk, how="", now=now)  # taken back afterwards
    assert selectors.couples_on_list(wedding, now) == [("王2一", "李**")]


@pytest.mark.parametrize("guarded", [True, False])
@pytest.mark.parametrize("falls", [0, 1])
def test_a_couple_leaves_the_list_when_the_fact_of_one_of_them_falls(
    falls: int, guarded: bool, wedding: Wedding, real: Maker, officer: Actor, now: datetime, monkeypatch: Any
) -> None:
    """With the guard off, which asks for facts that stand, they would still be on it."""
    two = (real(1, "王小爱"), real(2, "李阿波"))
    couple = _ready(officer, wedding, *two, now)
    arranging.confirm(actor=officer, couple_id=couple.pk, now=now)
    for one in two:
        applying.show(person_id=one.pk, couple_id=couple.pk, how="masked", now=now)
    arranging.publish_list(actor=officer, wedding_id=wedding.pk, now=now)
    wedding.refresh_from_db()
    assert selectors.couples_on_list(wedding, now) == [("王**", "李**")]
    if not guarded:
        monkeypatch.setattr(selectors, "living", lambda _now: Attestation.objects.all())
    fall(which=of_person(two[falls].pk, "real_person"), reason="corrected", now=now)
    assert selectors.couples_on_list(wedding, now) == ([] if guarded else [("王**", "李**")])


def test_leaving_gives_the_place_back_and_erasing_takes_all(
    wedding: Wedding, real: Maker, officer: Actor, now: datetime
) -> None:
    alice, bob = real(1, "王小爱"), real(2, "李阿波")
    couple = _ready(officer, wedding, alice, bob, now)
    arranging.confirm(actor=officer, couple_id=couple.pk, now=now)
    (told,) = selectors.export(bob.pk)["applications"]
    assert told["wedding"] == wedding.title
    assert "王小爱" not in str(told)
    assert alice.phone not in str(told)
    home.erase(alice.pk, now)
    wedding.refresh_from_db()
    assert wedding.taken == 0
    assert not Couple.objects.exists()
    assert selectors.export(bob.pk) == {"applications": []}


def test_couples_wait_at_the_desk_until_each_has_a_place(
    officer: Actor, wedding: Wedding, real: Maker, now: datetime
) -> None:
    alice, bob = real(1, "王小明"), real(2, "李雷")
    applying.apply(person_id=alice.pk, wedding_id=wedding.pk, partner_phone=bob.phone, now=now)
    assert office.waiting(officer, now) == []  # one word is none
    couple = Couple.objects.get(one=alice)
    applying.join(person_id=bob.pk, couple_id=couple.pk, yes=True, now=now)
    (waits,) = office.waiting(officer, now)
    assert (waits.count, waits.path) == (1, f"/console/dating/weddings/one?key={wedding.pk}")
    arranging.saw_certificate(actor=officer, couple_id=couple.pk, married_on=clock.today(now), now=now)
    arranging.confirm(actor=officer, couple_id=couple.pk, now=now)
    assert office.waiting(officer, now) == []
