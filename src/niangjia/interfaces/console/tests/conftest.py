"""Two cities with a firm each, a worker in each firm, and staff: what belongs to A must never show at B."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from niangjia.core.accounts.models import Person
from niangjia.core.attestations.models import Attestation, Request
from niangjia.core.orgs.models import Employer, Org
from niangjia.kernel import clock
from niangjia.kernel.ids import receipt_number


@dataclass
class Town:
    """The two firms, their workers, and what waits at their desks."""

    tree: dict[str, Org]
    firms: dict[str, Employer]
    workers: dict[str, Person]
    facts: dict[str, Attestation]
    documents: dict[str, Request]
    claims: dict[str, Request]


@pytest.fixture
def town(tree: dict[str, Org], make_person: Callable[..., Person]) -> Town:
    now = clock.now()
    made = Town(tree, {}, {}, {}, {}, {})
    for place, number, uscc, name in (
        ("a", 101, "91330106MA2AAAAAA1", "王小明"),
        ("b", 102, "91330212MA2BBBBBB2", "李小红"),
    ):
        org = tree[f"firm_{place}"]
        firm = Employer.objects.create(
            uscc=uscc, name=f"{org.name}厂", district=org.region or "330106", org=org, created_at=now
        )
        worker = make_person(number, legal_name=name, id_number="330106199001011234")
        made.firms[place], made.workers[place] = firm, worker
        made.facts[place] = Attestation.objects.create(
            person=worker, kind="employer", method="roll", issuer=org.name, employer=firm, made_at=now
        )
        applicant = make_person(number + 10)
        union = tree["xihu" if place == "a" else "yinzhou"]
        document = Request(
            receipt=receipt_number(),
            person=applicant,
            kind="real_person",
            desk="union",
            org=union,
            legal_name=f"申请人{place}",
            id_number="330106199202022345",
            made_at=now,
            due_on=date(2026, 12, 1),
        )
        document.save(force_insert=True)
        made.documents[place] = document
        made.claims[place] = Request.objects.create(
            receipt=receipt_number(),
            person=make_person(number + 20, legal_name="赵大力"),
            kind="employer",
            desk="enterprise",
            org=org,
            employer=firm,
            made_at=now,
            due_on=date(2026, 12, 1),
        )
    return made


@pytest.fixture
def staff(make_person: Any, grant: Any, api: Any, tree: dict[str, Org]) -> Callable[..., Any]:
    """`staff("union_officer", "xihu")` is a browser in which such an officer has signed in with both factors."""
    hired = iter(range(500, 600))

    def hire(role: str, org: str) -> Any:
        person = make_person(next(hired))
        grant(person, role, tree[org])
        client = api(person, staff=True).client
        client.person = person
        return client

    return hire
