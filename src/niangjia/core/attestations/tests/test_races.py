"""Two at once: the database lets one through."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from conftest import NOW
from niangjia.core.access.selectors import actor_of
from niangjia.core.accounts.models import Person
from niangjia.core.attestations import services, texts
from niangjia.core.attestations.models import Attestation
from niangjia.core.attestations.services import desk, identity
from niangjia.core.attestations.tests.conftest import ALICE_ID, FaceCheck
from niangjia.core.attestations.tests.test_desk import send_in
from niangjia.core.orgs.models import Org
from niangjia.kernel import errors


def at_once(calls: Sequence[Callable[[], Any]]) -> list[str]:
    """Run all at the same moment; returns "done" or the code of the error of each."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> str:
        start.wait()
        try:
            call()
        except errors.DomainError as error:
            return error.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_one_id_number_makes_one_person_even_in_the_same_moment(
    agreeing: Callable[..., Person], face: FaceCheck
) -> None:
    people = [agreeing(number) for number in range(1, 5)]
    calls: list[Callable[[], Any]] = []
    for person in people:
        begun = services.start_identity(
            person=person, legal_name="王小兰", id_number=ALICE_ID, return_url="/", now=NOW
        ).certify_id
        face.passes(begun)
        calls.append(partial(services.finish_identity, person=person, certify_id=begun, now=NOW))
    assert at_once(calls) == ["done", *["known_already"] * 3]
    assert Person.objects.filter(id_index=identity.id_index(ALICE_ID)).count() == 1
    assert Attestation.objects.filter(fallen_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_pledge_signed_by_four_impatient_taps_stands_once(real: Callable[..., Person]) -> None:
    alice = real(1)
    sign = [lambda: services.sign_pledge(person=alice, version=texts.PLEDGE_VERSION, now=NOW)] * 4
    assert at_once(sign) == ["done"] * 4
    assert Attestation.objects.filter(kind="single", fallen_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_one_decides(
    agreeing: Callable[..., Person], make_person: Callable[..., Person], grant: Any, tree: dict[str, Org]
) -> None:
    request = send_in(agreeing(1))
    actors = []
    for number in (90, 91):
        officer = make_person(number)
        grant(officer, "union_officer", tree["xihu"])
        actors.append(actor_of(person_id=officer.pk, is_staff=True, second_factor_at=NOW))
    both: list[Callable[[], Any]] = [
        lambda: desk.decide(actor=actors[0], request_id=request.pk, accept=True, now=NOW),
        lambda: desk.decide(actor=actors[1], request_id=request.pk, accept=False, reason="看不清", now=NOW),
    ]
    assert at_once(both) == ["conflict", "done"]
    request.refresh_from_db()
    assert Attestation.objects.filter(fallen_at=None).exists() == (request.state == "accepted")
