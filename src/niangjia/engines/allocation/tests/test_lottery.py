"""A lottery that nobody can bend and anybody can recompute."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from niangjia.core.accounts.models import Person
from niangjia.engines.allocation import errors, selectors, services
from niangjia.engines.allocation.kernels import lottery
from niangjia.engines.allocation.kernels.lottery import Entrant
from niangjia.engines.allocation.models import Booking, Draw, Slot
from niangjia.engines.allocation.services import drawing
from niangjia.engines.allocation.types import Claimed, Event, Quota

pytestmark = pytest.mark.django_db
Claim = Callable[..., Claimed]
MakeSlot = Callable[..., Slot]
SCRIPT = Path(__file__).parents[5] / "docs" / "lottery" / "recompute.py"


def recompute(published: dict[str, Any], folder: Path, *tickets: str) -> subprocess.CompletedProcess[str]:
    """Run the script as a citizen would."""
    (folder / "draw.json").write_text(json.dumps(published))
    command = [sys.executable, "-I", str(SCRIPT), str(folder / "draw.json"), *tickets]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def crowd(make_person: Callable[..., Person]) -> list[Person]:
    return [make_person(number) for number in range(20, 40)]


@pytest.fixture
def drawn(make_slot: MakeSlot, claim: Claim, crowd: list[Person]) -> Slot:
    """Twenty parties (every fourth a pair, every fifth a courier) for nine places, two of them the couriers'."""
    slot = make_slot(9, way="lottery", max_party=2, quotas=[Quota("trade:courier", 2)])
    for number, person in enumerate(crowd):
        keys = ["trade:courier"] if number % 5 == 0 else []
        claim(slot, person, *keys, companions=[None] * (number % 4 == 0), priority=number == 7)
    services.draw(slot_id=slot.pk, now=slot.closes_at)
    return slot


def test_anybody_can_recompute_the_draw(drawn: Slot, tmp_path: Path) -> None:
    published = selectors.published_draw(drawn.pk)
    ticket = published["entrants"][0].split()[0]
    result = recompute(published, tmp_path, ticket, "f" * 32)
    assert result.returncode == 0, result.stderr
    assert "of 20 drawn" in result.stdout
    assert f"{'f' * 32}: NOT IN THE LIST" in result.stdout


@pytest.mark.parametrize("bend", ["seed", "winners", "entrants", "twice"])
def test_the_script_finds_a_bent_draw(bend: str, drawn: Slot, tmp_path: Path) -> None:
    published = selectors.published_draw(drawn.pk)
    if bend == "seed":
        published["seed"] = "0" * 64
    elif bend == "winners":
        published["winners"] = [*published["winners"][1:], published["winners"][0]]
    elif bend == "twice":
        published["entrants"].append(published["entrants"][0])
    else:
        lucky = published["winners"][0].split()[0]
        published["entrants"] = [line for line in published["entrants"] if not line.startswith(lucky)]
    assert "WRONG" in recompute(published, tmp_path).stderr


def test_what_is_published_is_what_people_got(drawn: Slot) -> None:
    won = {line.split()[0] for line in selectors.published_draw(drawn.pk)["winners"]}
    seated = Booking.objects.filter(slot=drawn, state="booked")
    assert set(seated.filter(ticket__isnull=False).values_list("ticket", flat=True)) == won
    assert seated.count() == 9
    assert not Booking.objects.filter(slot=drawn, state="entered").exists()


def test_the_published_list_names_nobody(drawn: Slot, crowd: list[Person]) -> None:
    text = json.dumps(selectors.published_draw(drawn.pk))
    rows = Booking.objects.filter(slot=drawn)
    names = {str(one) for row in rows for one in (row.pk, row.person_id, row.request_key) if one}
    assert not any(name in text for name in names)
    assert "courier" not in text


def test_the_seed_is_committed_to_before_and_sealed_until_the_draw(
    make_slot: MakeSlot, claim: Claim, alice: Person
) -> None:
    slot = make_slot(1, way="lottery")
    found = Draw.objects.get(slot=slot)
    assert hashlib.sha256(bytes.fromhex(found.seed)).hexdigest() == found.commitment
    assert selectors.published_draw(slot.pk) == {
        "slot": str(slot.pk),
        "commitment": found.commitment,
        "beacon_source": "",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=found.pk).update(revealed=found.seed)
    services.draw(slot_id=slot.pk, now=slot.closes_at)
    assert selectors.published_draw(slot.pk)["commitment"] == found.commitment


def test_not_before_the_close_and_only_once(make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person) -> None:
    slot = make_slot(1, way="lottery", keeps_waiting=False)
    mine, yours = claim(slot, alice), claim(slot, bob)
    with pytest.raises(errors.NotClosed):
        services.draw(slot_id=slot.pk, now=slot.closes_at - timedelta(seconds=1))
    assert services.draw_due(now=slot.closes_at - timedelta(seconds=1)) == 0
    assert services.draw_due(now=slot.closes_at) == 1
    states = {Booking.objects.get(pk=one.booking_id).state for one in (mine, yours)}
    assert states == {"booked", "unlucky"}
    first = services.draw(slot_id=slot.pk, now=slot.closes_at)
    again = services.draw(slot_id=slot.pk, now=slot.closes_at + timedelta(days=1))
    assert (again.drawn_at, again.published) == (first.drawn_at, first.published)
    assert services.draw_due(now=slot.closes_at) == 0


def test_a_lottery_that_nobody_entered_ends_quietly(make_slot: MakeSlot, tmp_path: Path, told: list[Event]) -> None:
    slot = make_slot(3, way="lottery")
    found = services.draw(slot_id=slot.pk, now=slot.closes_at)
    assert (found.entrants, found.winners, told) == (0, 0, [])
    assert "0 of 0 drawn" in recompute(selectors.published_draw(slot.pk), tmp_path).stdout


def test_nobody_enters_after_the_draw(make_slot: MakeSlot, claim: Claim, alice: Person) -> None:
    slot = make_slot(1, way="lottery")
    services.draw(slot_id=slot.pk, now=slot.closes_at)
    with pytest.raises(errors.Closed):
        claim(slot, alice)


def test_the_beacon_is_noted_once_after_the_close_and_changes_the_order(
    make_slot: MakeSlot, claim: Claim, alice: Person, tmp_path: Path
) -> None:
    slot = make_slot(1, way="lottery", beacon_source="the welfare lottery's numbers of 24 November")
    claim(slot, alice)
    with pytest.raises(errors.NotClosed):
        services.set_beacon(slot_id=slot.pk, beacon="03 11 17", now=slot.opens_at)
    with pytest.raises(errors.NotClosed):
        services.draw(slot_id=slot.pk, now=slot.closes_at)
    services.set_beacon(slot_id=slot.pk, beacon="03 11 17", now=slot.closes_at)
    with pytest.raises(errors.NotClosed):
        services.set_beacon(slot_id=slot.pk, beacon="04 12 18", now=slot.closes_at)
    services.draw(slot_id=slot.pk, now=slot.closes_at)
    assert recompute(selectors.published_draw(slot.pk), tmp_path).returncode == 0
    entrants = [Entrant(str(number)) for number in range(20)]
    assert lottery.order(b"seed", "", entrants) != lottery.order(b"seed", "03 11 17", entrants)


def test_priority_comes_first_in_the_lottery(
    make_slot: MakeSlot, claim: Claim, crowd: list[Person], alice: Person
) -> None:
    slot = make_slot(1, way="lottery")
    for person in crowd:
        claim(slot, person)
    favoured = claim(slot, alice, priority=True)
    services.draw(slot_id=slot.pk, now=slot.closes_at)
    assert Booking.objects.get(pk=favoured.booking_id).state == "booked"


def test_who_has_a_place_elsewhere_by_then_takes_no_part(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, tmp_path: Path
) -> None:
    slot, other = make_slot(2, way="lottery"), make_slot(1)
    busy, free = claim(slot, alice), claim(slot, bob)
    claim(other, alice)
    services.draw(slot_id=slot.pk, now=slot.closes_at)
    states = [Booking.objects.get(pk=one.booking_id).state for one in (busy, free)]
    assert states == ["waiting", "booked"]
    assert recompute(selectors.published_draw(slot.pk), tmp_path).returncode == 0


def test_a_place_given_back_goes_to_the_next_of_the_draw(
    make_slot: MakeSlot, claim: Claim, crowd: list[Person]
) -> None:
    slot = make_slot(1, way="lottery")
    for person in crowd:
        claim(slot, person)
    services.draw(slot_id=slot.pk, now=slot.closes_at)
    found = Draw.objects.get(slot=slot)
    entrants = [Entrant(line.split()[0]) for line in found.published["entrants"]]
    second = lottery.order(bytes.fromhex(found.revealed), "", entrants)[1]
    winner = Booking.objects.get(slot=slot, state="booked")
    services.cancel(booking_id=winner.pk, by_id=winner.person_id, now=slot.closes_at)
    assert Booking.objects.get(slot=slot, state="booked").ticket == second.ticket


def test_a_draw_that_died_halfway_is_finished_by_the_next_job(
    make_slot: MakeSlot, claim: Claim, crowd: list[Person]
) -> None:
    """kill -9 between the draw and the lining up of the others: nobody is forgotten, and nothing is drawn again."""
    slot = make_slot(3, way="lottery")
    for person in crowd:
        claim(slot, person)
    found = drawing._draw(slot.pk, slot.closes_at)
    assert Booking.objects.filter(slot=slot, state="entered").count() == 17
    assert services.draw_due(now=slot.closes_at) == 0
    assert Booking.objects.filter(slot=slot, state="waiting").count() == 17
    assert Draw.objects.get(slot=slot).published == found.published


def test_everybody_reads_of_the_draw_from_the_outbox(drawn: Slot, now: datetime) -> None:
    rows = list(selectors.untold("test"))
    assert {row.state for row in rows} == {"booked", "waiting"}
    services.mark_told(booking_ids=[row.pk for row in rows], now=now)
    assert not selectors.untold("test").exists()


def test_a_ticket_comes_from_the_number_that_the_phone_drew(make_slot: MakeSlot, claim: Claim, alice: Person) -> None:
    slot = make_slot(1, way="lottery")
    got = Booking.objects.get(pk=claim(slot, alice).booking_id)
    assert got.request_key is not None
    digest = hashlib.sha256(b"niangjia ticket" + slot.pk.bytes + got.request_key.bytes).hexdigest()
    assert got.ticket == digest[:32]


entrants = st.lists(
    st.builds(
        Entrant,
        ticket=st.uuids().map(lambda one: one.hex),
        size=st.integers(1, 4),
        tier=st.integers(0, 2),
        keys=st.sets(st.sampled_from(["a", "b"])).map(lambda keys: tuple(sorted(keys))),
    ),
    unique_by=lambda one: one.ticket,
)


@given(entrants=entrants, places=st.fixed_dictionaries({"": st.integers(0, 9), "a": st.integers(0, 5)}))
def test_the_draw_gives_no_more_than_there_is_and_forgets_nobody(
    entrants: list[Entrant], places: dict[str, int]
) -> None:
    drawn = lottery.draw(b"seed", "", entrants, places)
    by_ticket = {one.ticket: one for one in entrants}
    for key, number in places.items():
        assert sum(by_ticket[ticket].size for ticket, pool in drawn.winners if pool == key) <= number
    assert all(pool in ("", *by_ticket[ticket].keys) for ticket, pool in drawn.winners)
    assert sorted([ticket for ticket, _ in drawn.winners] + drawn.others) == sorted(by_ticket)
    assert lottery.draw(b"seed", "", entrants[::-1], places) == drawn
