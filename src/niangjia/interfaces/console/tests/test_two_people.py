"""Roles and hidden numbers take two people (check B6): eight tricks, none works."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from niangjia.core.access import Actor
from niangjia.core.access.models import RoleGrant
from niangjia.core.access.selectors import grants_of
from niangjia.core.accounts.models import Person, Session
from niangjia.core.audit.models import Event
from niangjia.core.messages.models import Note
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.interfaces.console import two_people
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict, Forbidden, Invalid, NotFound, StepUpNeeded

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(make_person: Any, grant: Any, tree: Any) -> Any:
    """`actor(7, "city_admin", "hangzhou")`: person 7 in that role, with a fresh second factor."""

    def make(number: int, role: str, org: str) -> Actor:
        person = make_person(number)
        grant(person, role, tree[org])
        return Actor(person_id=person.pk, grants=grants_of(person.pk), second_factor_at=clock.now())

    return make


@pytest.fixture
def proposed(actor: Any, tree: Any) -> tuple[Case, Actor]:
    """Alice proposes Carol, the phone …0003, as a union officer of Xihu."""
    alice = actor(1, "city_admin", "hangzhou")
    case = two_people.ask_role(
        actor=alice,
        phone="19900000003",
        role="union_officer",
        org_id=tree["xihu"].pk,
        reason="新来的同事",
        now=clock.now(),
    )
    return case, alice


def approve(case: Case, by: Actor, **details: Any) -> Case:
    return workflow.move(case=case, actor=by, transition="approve", reason="", now=details.get("now", clock.now()))


def test_a_role_begins_when_another_one_agrees(proposed: Any, actor: Any, tree: Any) -> None:
    case, _ = proposed
    assert not RoleGrant.objects.filter(role="union_officer").exists()
    bob = actor(2, "city_admin", "hangzhou")
    approve(case, bob)
    grant = RoleGrant.objects.get(role="union_officer")
    assert (grant.person_id, grant.org, grant.granted_by_id) == (case.about_id, tree["xihu"], bob.person_id)
    assert Note.objects.filter(person_id=case.about_id, template="role_given").exists()


def test_the_one_who_proposed_cannot_agree(proposed: Any) -> None:
    case, alice = proposed
    with pytest.raises(Forbidden):
        approve(case, alice)


def test_the_one_proposed_cannot_agree(proposed: Any, grant: Any, tree: Any) -> None:
    case, _ = proposed
    carol = Person.objects.get(pk=case.about_id)
    grant(carol, "city_admin", tree["province"])
    with pytest.raises(NotFound):
        approve(case, Actor(person_id=carol.pk, grants=grants_of(carol.pk), second_factor_at=clock.now()))


def test_nobody_proposes_themselves(actor: Any, tree: Any) -> None:
    alice = actor(1, "city_admin", "hangzhou")
    with pytest.raises(Forbidden):
        two_people.ask_role(
            actor=alice,
            phone="199 0000 0001",
            role="union_officer",
            org_id=tree["xihu"].pk,
            reason="我自己来",
            now=clock.now(),
        )


def test_an_approval_cannot_be_replayed(proposed: Any, actor: Any) -> None:
    case, _ = proposed
    bob = actor(2, "city_admin", "hangzhou")
    approve(case, bob)
    RoleGrant.objects.filter(role="union_officer").update(ended_at=clock.now())
    with pytest.raises((Conflict, NotFound, Forbidden)):
        approve(Case.objects.get(pk=case.pk), bob)
    with pytest.raises((Conflict, NotFound, Forbidden)):
        approve(case, bob)  # with the case as it was before
    assert not RoleGrant.objects.filter(role="union_officer", ended_at=None).exists()


def test_agreeing_asks_for_a_fresh_second_factor(proposed: Any, actor: Any) -> None:
    case, _ = proposed
    bob = actor(2, "city_admin", "hangzhou")
    with pytest.raises(StepUpNeeded):
        approve(case, bob, now=clock.now() + timedelta(minutes=11))


def test_somebody_of_another_city_cannot_agree(proposed: Any, actor: Any) -> None:
    case, _ = proposed
    with pytest.raises(NotFound):
        approve(case, actor(9, "city_admin", "ningbo"))


def test_not_even_raw_sql_makes_one_person_do_both(proposed: Any) -> None:
    case, alice = proposed
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(decided_by_id=alice.person_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(
            person_id=alice.person_id,
            org=case.org,
            role="union_officer",
            granted_by_id=alice.person_id,
            granted_at=clock.now(),
        )


@pytest.mark.parametrize("role", ["security_admin", "audit_admin", "system_admin"])
def test_a_city_administrator_cannot_make_administrators(actor: Any, tree: Any, role: str) -> None:
    alice = actor(1, "city_admin", "hangzhou")
    with pytest.raises(Forbidden):
        two_people.ask_role(
            actor=alice,
            phone="19900000003",
            role=role,
            org_id=tree["hangzhou"].pk,
            reason="工作需要",
            now=clock.now(),
        )


def test_nobody_gives_roles_above_or_beside_their_own_place(actor: Any, tree: Any) -> None:
    alice = actor(1, "city_admin", "hangzhou")
    for org in ("province", "ningbo"):
        with pytest.raises(Forbidden):
            two_people.ask_role(
                actor=alice,
                phone="19900000003",
                role="union_officer",
                org_id=tree[org].pk,
                reason="工作需要",
                now=clock.now(),
            )


def test_the_three_administrators_are_three_people(actor: Any, tree: Any) -> None:
    boss = actor(1, "security_admin", "province")
    actor(3, "audit_admin", "province")
    with pytest.raises(Conflict):
        two_people.ask_role(
            actor=boss,
            phone="19900000003",
            role="system_admin",
            org_id=tree["province"].pk,
            reason="工作需要",
            now=clock.now(),
        )


def test_ending_a_role_ends_the_sign_ins_of_its_holder(staff: Any, tree: Any) -> None:
    admin, officer = staff("city_admin", "hangzhou"), staff("union_officer", "xihu")
    grant = RoleGrant.objects.get(person=officer.person)
    assert officer.get("/console/").status_code == 200
    assert admin.post("/console/roles/end", {"key": str(grant.pk)}).status_code == 302
    assert not Session.objects.filter(person=officer.person).exists()
    assert officer.get("/console/")["Location"].startswith("/console/sign-in")
    assert not Person.objects.get(pk=officer.person.pk).is_staff


def test_a_hidden_number_is_seen_once_by_the_asker_after_another_agreed(staff: Any, town: Any) -> None:
    officer, boss, worker = staff("union_officer", "xihu"), staff("city_admin", "hangzhou"), town.workers["a"]
    asked = officer.post(
        "/console/people/reveal", {"person": str(worker.pk), "what": "id_number", "reason": "核对窗口的申请表"}
    )
    assert asked.status_code == 302
    case = Case.objects.get(kind=two_people.REVEAL)
    assert officer.post("/console/people/revealed", {"key": str(case.pk)}).status_code == 404
    agreed = boss.post("/console/case/decide", {"key": str(case.pk), "transition": "approve"})
    assert agreed.status_code == 302
    assert boss.post("/console/people/revealed", {"key": str(case.pk)}).status_code == 404
    seen = officer.post("/console/people/revealed", {"key": str(case.pk)})
    assert "330106199001011234" in seen.content.decode()
    assert "no-store" in seen["Cache-Control"]
    assert officer.post("/console/people/revealed", {"key": str(case.pk)}).status_code == 404
    event = Event.objects.get(action="saw_id_number")
    assert (event.subject_id, event.actor_id, event.purpose) == (worker.pk, officer.person.pk, "核对窗口的申请表")
    assert Note.objects.filter(person=worker, template="number_revealed").exists()


def test_leave_to_see_a_number_lasts_ten_minutes(staff: Any, town: Any, actor: Any) -> None:
    officer, boss = actor(1, "union_officer", "xihu"), actor(2, "city_admin", "hangzhou")
    now = clock.now()
    case = two_people.ask_reveal(
        actor=officer, person_id=town.workers["a"].pk, what="phone", purpose="核对申请表", now=now
    )
    approve(case, boss, now=now)
    with pytest.raises(NotFound):
        two_people.reveal(actor=officer, case_id=case.pk, now=now + timedelta(minutes=10))


def test_without_a_purpose_nothing_is_asked(staff: Any, town: Any, actor: Any) -> None:
    with pytest.raises(Invalid):
        two_people.ask_reveal(
            actor=actor(1, "union_officer", "xihu"),
            person_id=town.workers["a"].pk,
            what="phone",
            purpose=" ",
            now=clock.now(),
        )
    with pytest.raises(NotFound):
        two_people.ask_reveal(
            actor=actor(2, "union_officer", "yinzhou"),
            person_id=town.workers["a"].pk,
            what="phone",
            purpose="随便看看",
            now=clock.now(),
        )
