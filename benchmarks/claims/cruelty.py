"""What `torture` does to the engine. Each test returns (done, oversold, lost, other errors)."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.db import Error, connection

from niangjia.core.accounts.models import Person
from niangjia.engines.allocation import selectors, services
from niangjia.engines.allocation.models import Booking, Pool, Slot
from niangjia.engines.allocation.types import Claimant, SlotPlan
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError

Told = tuple[int, int, int, int]
SEED = 11
THREADS = 8
CHILDREN = 4
LIFE = 0.04  # seconds between two kills, on average
EVERY = 50  # so many kills of ours to one of the database
DAY = timedelta(days=1)


def people(count: int) -> list[UUID]:
    rows = Person.objects.bulk_create([Person(created_at=clock.now()) for _ in range(count)])
    return [row.pk for row in rows]


def slot(places: int, days: int) -> UUID:
    now = clock.now()
    begins = now + (30 + days) * DAY
    plan = SlotPlan(
        way="first_come",
        starts_at=begins,
        ends_at=begins + DAY / 2,
        opens_at=now - DAY,
        closes_at=now + 20 * DAY,
        capacity=places,
        max_party=2,
    )
    return services.create_slot(resource=services.create_resource(scene="torture"), plan=plan, now=now).pk


def oversold() -> int:
    """Counters that do not equal their rows, and pools with more rows than places."""
    return len(selectors.unsound()) + sum(
        Booking.objects.filter(pool=pool).count() > pool.capacity for pool in Pool.objects.filter(taken__gt=0)
    )


# --- races and repeats: threads, each on a connection of its own ---


def in_threads(work: Callable[[int], int]) -> tuple[int, int]:
    """How many calls were done, and how many ended in an error that is no clear answer."""
    done, errors = [0] * THREADS, [0] * THREADS

    def run(number: int) -> None:
        try:
            done[number] = work(number)
        except Exception as error:
            print(repr(error))
            errors[number] = 1
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done), sum(errors)


def races(rounds: int) -> Told:
    """Each round: eight people, three places, and fingers that change their mind."""
    crowd = people(THREADS)
    slots = [slot(3, number % 300) for number in range(rounds)]
    barrier = threading.Barrier(THREADS)

    def fickle(number: int) -> int:
        rng = random.Random(SEED + number)
        for slot_id in slots:
            barrier.wait()
            change_of_mind(rng, slot_id, crowd[number])
        return rounds

    _, errors = in_threads(fickle)
    starving = sum(waits_beside_a_place(slot_id) for slot_id in slots)
    return rounds, oversold(), starving, errors


def change_of_mind(rng: random.Random, slot_id: UUID, person: UUID) -> None:
    """Claim, perhaps with a guest, perhaps give back, perhaps claim again."""
    for _ in range(rng.randint(1, 3)):
        try:
            guests = [None] * (rng.random() < 0.3)
            got = services.claim(
                slot_id=slot_id, by=Claimant(person), request_key=uuid4(), companions=guests, wait=True, now=None
            )
            if rng.random() < 0.5:
                services.cancel_party(party=got.party, by_id=person, now=clock.now())
        except DomainError:
            continue


def waits_beside_a_place(slot_id: UUID) -> int:
    """Somebody was forgotten: they wait, and would fit, after the job of the minute ran."""
    services.promote(slot_id=slot_id, now=clock.now())
    room = selectors.figures([slot_id])[slot_id].free
    parties = list(Booking.objects.filter(slot=slot_id, state="waiting").values_list("party", flat=True))
    return sum(parties.count(party) <= room for party in set(parties))


def repeats(count: int) -> Told:
    (person,), slot_id, key = people(1), slot(THREADS, 400), uuid4()
    answers: set[UUID] = set()

    def again(_number: int) -> int:
        for _ in range(count // THREADS):
            got = services.claim(slot_id=slot_id, by=Claimant(person), request_key=key, now=None)
            answers.add(got.booking_id)
        return count // THREADS

    done, errors = in_threads(again)
    rows = Booking.objects.filter(slot=slot_id).count()
    return done, max(0, rows - 1) + oversold(), abs(len(answers) - 1), errors


# --- kills: processes, each with a connection of its own, that write down what they were told ---


def kills(count: int, said: Path) -> Told:
    crowd, slots = people(400), [slot(25, 500 + number) for number in range(20)]
    rng, children = random.Random(SEED), [0] * CHILDREN
    said.touch()
    for number in range(count):
        for place in range(CHILDREN):
            children[place] = children[place] or _fork(crowd, slots, said, seed=number * CHILDREN + place)
        time.sleep(rng.random() * 2 * LIFE)
        if number % EVERY == EVERY - 1:
            _kill_a_backend(rng)
        place = rng.randrange(CHILDREN)
        _end(children[place])
        children[place] = 0
    for child in filter(None, children):
        _end(child)
    lost, acknowledged = _missing(said.read_text().splitlines())
    print(f"acknowledged: {acknowledged:,}")
    return count, oversold(), lost, 0


def _fork(crowd: Sequence[UUID], slots: Sequence[UUID], said: Path, *, seed: int) -> int:
    connection.close()  # so that the child opens its own
    child = os.fork()
    if child:
        return child
    out = os.open(said, os.O_WRONLY | os.O_APPEND)
    try:
        _live(crowd, slots, out, random.Random(SEED + seed))
    finally:
        os._exit(1)


def _live(crowd: Sequence[UUID], slots: Sequence[UUID], out: int, rng: random.Random) -> None:
    """Until killed: claim, say so, and give some back. What is about to be given back is said before."""
    while True:
        try:
            slot_id, person = rng.choice(slots), rng.choice(crowd)
            got = services.claim(slot_id=slot_id, by=Claimant(person), request_key=uuid4(), now=None)
            os.write(out, f"has {got.booking_id}\n".encode())
            if rng.random() < 0.7:
                os.write(out, f"leaves {got.booking_id}\n".encode())
                services.cancel(booking_id=got.booking_id, by_id=person, now=clock.now())
                os.write(out, f"left {got.booking_id}\n".encode())
        except DomainError:
            continue
        except Error:  # PostgreSQL was killed and is on its way back
            connection.close()
            time.sleep(0.05)


def _end(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _kill_a_backend(rng: random.Random) -> None:
    """SIGKILL for one process of our own PostgreSQL; it ends the others and recovers from its log."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        pids = sorted(pid for (pid,) in cursor.fetchall())
    if pids:
        os.kill(rng.choice(pids), signal.SIGKILL)
    _wait_for_the_database()


def _wait_for_the_database() -> None:
    for _ in range(400):
        connection.close()
        time.sleep(0.05)
        try:
            Slot.objects.exists()
        except Error:
            continue
        return


def _missing(lines: Sequence[str]) -> tuple[int, int]:
    """Acknowledged places that are not there, and places acknowledged as given back that are."""
    words: dict[str, set[str]] = {"has": set(), "leaves": set(), "left": set()}
    for line in lines:
        word, booking = line.split()
        words[word].add(booking)
    there = {str(pk) for pk in Booking.objects.filter(state="booked").values_list("pk", flat=True)}
    lost = (words["has"] - words["leaves"]) - there
    return len(lost) + len(words["left"] & there), len(words["has"])
