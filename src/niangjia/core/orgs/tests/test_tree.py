"""Founding, moving, merging and ending, and who may (checks B2, B5).

Alice looks after Hangzhou, Bob after Ningbo, Charlie after the district Xihu.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection

from conftest import NOW
from niangjia.core.access import Actor
from niangjia.core.access.models import RoleGrant
from niangjia.core.access.selectors import grants_of
from niangjia.core.accounts.models import Person
from niangjia.core.orgs import employers, selectors, services
from niangjia.core.orgs.models import Employer, Org
from niangjia.core.orgs.policies import EmployerPolicy, OrgPolicy
from niangjia.kernel.errors import Conflict, DomainError, Invalid, NotFound

USCC_A, USCC_B = "91330106MA27XFH06H", "91330200144074410M"


def actor(person: Person) -> Actor:
    """The person as a request would see them now."""
    return Actor(person_id=person.pk, grants=grants_of(person.pk), second_factor_at=NOW)


@pytest.fixture
def staff(
    tree: dict[str, Org], make_person: Callable[..., Person], grant: Callable[..., RoleGrant]
) -> dict[str, Person]:
    places = {"alice": "hangzhou", "bob": "ningbo", "charlie": "xihu", "root": "province"}
    people = {name: make_person(number) for number, name in enumerate(places, start=1)}
    for name, place in places.items():
        grant(people[name], "union_officer", tree[place])
    return people


def firm(org: Org, uscc: str, name: str) -> Employer:
    return Employer.objects.create(org=org, uscc=uscc, name=name, district="330106", created_at=NOW)


def test_an_officer_sees_their_own_city_and_nothing_of_its_sibling_or_above(
    tree: dict[str, Org], staff: dict[str, Person]
) -> None:
    seen = {org.name for org in OrgPolicy().which(actor(staff["alice"]), "see")}
    assert seen == {tree[name].name for name in ("hangzhou", "xihu", "lingyin", "firm_a")}
    with pytest.raises(NotFound):
        OrgPolicy().get(actor(staff["alice"]), "see", pk=tree["ningbo"].pk)


@pytest.mark.parametrize("action", ["create", "rename", "move", "end"])
@pytest.mark.parametrize(
    ("who", "where"), [("bob", "xihu"), ("charlie", "hangzhou"), ("alice", "province"), ("alice", "firm_b")]
)
def test_nobody_changes_what_is_beside_or_above_them(
    action: str, who: str, where: str, tree: dict[str, Org], staff: dict[str, Person]
) -> None:
    said: dict[str, Any] = {"actor": actor(staff[who]), "reason": "test", "now": NOW}
    calls: dict[str, Callable[[], Any]] = {
        "create": lambda: services.create(
            parent_id=tree[where].pk, name="新工会", level="enterprise", form="joint", **said
        ),
        "rename": lambda: services.rename(org_id=tree[where].pk, name="新名字", **said),
        "move": lambda: services.move(org_id=tree[where].pk, parent_id=tree[where].pk, **said),
        "end": lambda: services.end(org_id=tree[where].pk, **said),
    }
    with pytest.raises(NotFound):
        calls[action]()


def test_nobody_moves_the_office_they_hold(tree: dict[str, Org], staff: dict[str, Person]) -> None:
    with pytest.raises(NotFound):
        services.move(
            org_id=tree["xihu"].pk, parent_id=tree["xihu"].pk, actor=actor(staff["charlie"]), reason="", now=NOW
        )


def test_someone_with_a_role_below_their_own_still_may_move_the_lower_office(
    tree: dict[str, Org], staff: dict[str, Person], grant: Callable[..., RoleGrant]
) -> None:
    grant(staff["alice"], "union_officer", tree["lingyin"])
    assert OrgPolicy().may(actor(staff["alice"]), "place", tree["lingyin"])
    assert not OrgPolicy().may(actor(staff["alice"]), "place", tree["hangzhou"])


def test_a_moved_district_is_at_once_out_of_its_old_citys_reach_and_in_the_new_ones(
    tree: dict[str, Org], staff: dict[str, Person]
) -> None:
    made = firm(tree["firm_a"], USCC_A, "西湖龙井茶厂")
    services.move(
        org_id=tree["xihu"].pk, parent_id=tree["ningbo"].pk, actor=actor(staff["root"]), reason="区划调整", now=NOW
    )
    for name in ("xihu", "lingyin", "firm_a"):
        assert not OrgPolicy().may(actor(staff["alice"]), "see", tree[name])
        assert OrgPolicy().may(actor(staff["bob"]), "see", tree[name])
        assert OrgPolicy().may(actor(staff["charlie"]), "see", tree[name])
    assert not EmployerPolicy().may(actor(staff["alice"]), "see", made)
    assert EmployerPolicy().may(actor(staff["bob"]), "see", made)


def test_a_move_signs_out_those_whose_reach_changed_and_nobody_else(
    tree: dict[str, Org], staff: dict[str, Person], api: Callable[..., Any]
) -> None:
    phones = {name: api(person, staff=True) for name, person in staff.items()}
    services.move(org_id=tree["xihu"].pk, parent_id=tree["ningbo"].pk, actor=actor(staff["root"]), reason="", now=NOW)
    signed_in = {}
    for name, phone in phones.items():
        phone.get("me")
        signed_in[name] = phone.status == 200
    assert signed_in == {"alice": False, "charlie": False, "bob": True, "root": True}


def test_an_office_cannot_hang_below_itself(tree: dict[str, Org], staff: dict[str, Person]) -> None:
    tree["deep"] = services.create(
        parent_id=tree["firm_a"].pk,
        name="二车间工会",
        level="enterprise",
        form="single",
        actor=actor(staff["root"]),
        now=NOW,
    )
    with pytest.raises(DomainError):
        services.move(
            org_id=tree["firm_a"].pk, parent_id=tree["deep"].pk, actor=actor(staff["root"]), reason="", now=NOW
        )


@pytest.mark.parametrize(
    ("parent", "level", "form"),
    [
        ("xihu", "city", ""),
        ("xihu", "county", ""),
        ("lingyin", "enterprise", ""),
        ("xihu", "town", "joint"),
        ("xihu", "galaxy", ""),
    ],
)
def test_the_five_levels_keep_their_order(
    parent: str, level: str, form: str, tree: dict[str, Org], staff: dict[str, Person]
) -> None:
    with pytest.raises(Invalid):
        services.create(
            parent_id=tree[parent].pk, name="某某工会", level=level, form=form, actor=actor(staff["root"]), now=NOW
        )


def test_a_merge_takes_children_firms_and_roles_along(
    tree: dict[str, Org], staff: dict[str, Person], grant: Callable[..., RoleGrant]
) -> None:
    made = firm(tree["xihu"], USCC_A, "西湖文化馆")
    grant(staff["alice"], "union_officer", tree["xihu"])
    grant(staff["alice"], "union_officer", tree["yinzhou"])
    services.merge(org_id=tree["xihu"].pk, into_id=tree["yinzhou"].pk, actor=actor(staff["root"]), reason="", now=NOW)
    made.refresh_from_db()
    assert made.org_id == tree["yinzhou"].pk
    assert OrgPolicy().may(actor(staff["charlie"]), "see", tree["lingyin"])
    assert OrgPolicy().may(actor(staff["charlie"]), "see", tree["yinzhou"])
    held = RoleGrant.objects.filter(person=staff["alice"], org=tree["yinzhou"], role="union_officer", ended_at=None)
    assert held.count() == 1
    tree["yinzhou"].refresh_from_db()
    assert {row.name for row in selectors.subtree(tree["yinzhou"])} == {
        tree[name].name for name in ("yinzhou", "firm_b", "lingyin", "firm_a")
    }


def test_what_was_written_about_a_merged_office_stays_within_reach_of_the_other(
    tree: dict[str, Org], staff: dict[str, Person]
) -> None:
    services.merge(org_id=tree["xihu"].pk, into_id=tree["yinzhou"].pk, actor=actor(staff["root"]), reason="", now=NOW)
    assert OrgPolicy().may(actor(staff["bob"]), "see", tree["xihu"])
    assert not OrgPolicy().may(actor(staff["alice"]), "see", tree["xihu"])
    with pytest.raises(Conflict):
        services.rename(org_id=tree["xihu"].pk, name="又活了", actor=actor(staff["root"]), reason="", now=NOW)


def test_only_equals_merge(tree: dict[str, Org], staff: dict[str, Person]) -> None:
    for org, into in (("xihu", "ningbo"), ("xihu", "xihu")):
        with pytest.raises(Invalid):
            services.merge(org_id=tree[org].pk, into_id=tree[into].pk, actor=actor(staff["root"]), reason="", now=NOW)


def test_an_office_with_something_below_it_does_not_end(tree: dict[str, Org], staff: dict[str, Person]) -> None:
    with pytest.raises(Conflict):
        services.end(org_id=tree["lingyin"].pk, actor=actor(staff["alice"]), reason="", now=NOW)
    services.end(org_id=tree["firm_a"].pk, actor=actor(staff["alice"]), reason="注销", now=NOW)
    services.end(org_id=tree["lingyin"].pk, actor=actor(staff["alice"]), reason="撤销", now=NOW)
    assert [row.org.name for row in selectors.children(tree["xihu"])] == []


def test_roles_on_an_ended_office_end_with_it(
    tree: dict[str, Org], staff: dict[str, Person], grant: Callable[..., Any]
) -> None:
    grant(staff["bob"], "union_officer", tree["firm_a"])
    services.end(org_id=tree["firm_a"].pk, actor=actor(staff["alice"]), reason="", now=NOW)
    assert not OrgPolicy().may(actor(staff["bob"]), "see", tree["firm_a"])


def test_history_tells_what_from_whom_when_and_why(tree: dict[str, Org], staff: dict[str, Person]) -> None:
    services.rename(org_id=tree["xihu"].pk, name="西湖总工会", actor=actor(staff["alice"]), reason="规范名称", now=NOW)
    later = NOW + timedelta(days=1)
    services.move(
        org_id=tree["xihu"].pk, parent_id=tree["ningbo"].pk, actor=actor(staff["root"]), reason="划转", now=later
    )
    told = [(row.what, row.before, row.after, row.by_id, row.at, row.reason) for row in selectors.history(tree["xihu"])]
    assert told == [
        ("moved", "杭州市总工会", "宁波市总工会", staff["root"].pk, later, "划转"),
        ("renamed", "西湖区总工会", "西湖总工会", staff["alice"].pk, NOW, "规范名称"),
    ]


@pytest.mark.parametrize(
    "sql", ["UPDATE orgs_orghistory SET reason = 'nothing happened'", "DELETE FROM orgs_orghistory"]
)
def test_history_cannot_be_rewritten(sql: str, tree: dict[str, Org], staff: dict[str, Person]) -> None:
    services.rename(org_id=tree["xihu"].pk, name="西湖总工会", actor=actor(staff["alice"]), reason="", now=NOW)
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="only grows"):
        cursor.execute(sql)


def test_children_come_with_counts_in_the_same_number_of_queries_whatever_their_number(
    tree: dict[str, Org], django_assert_num_queries: Any
) -> None:
    firm(tree["firm_a"], USCC_A, "西湖龙井茶厂")
    firm(tree["firm_b"], USCC_B, "宁波港机厂")
    for parent, expected in (("province", [(1, 1), (1, 1)]), ("hangzhou", [(1, 1)]), ("firm_a", [])):
        with django_assert_num_queries(3):
            rows = selectors.children(tree[parent])
        assert [(row.children, row.employers) for row in rows] == expected
    assert [(row.org.name, row.children) for row in selectors.children(None)] == [("浙江省总工会", 2)]


def test_ancestors_lead_from_the_root(tree: dict[str, Org]) -> None:
    assert [org.name for org in selectors.ancestors(tree["lingyin"])] == [
        "浙江省总工会",
        "杭州市总工会",
        "西湖区总工会",
    ]


def test_a_union_of_one_firm_takes_one_and_a_joint_union_many(tree: dict[str, Org], staff: dict[str, Person]) -> None:
    def register(org: UUID, uscc: str, name: str) -> Employer:
        return employers.register(
            org_id=org, uscc=uscc, name=name, district="330106", actor=actor(staff["alice"]), now=NOW
        )

    register(tree["firm_a"].pk, USCC_A, "西湖龙井茶厂")
    with pytest.raises(Conflict):
        register(tree["firm_a"].pk, USCC_B, "另一家茶厂")
    joint = services.create(
        parent_id=tree["lingyin"].pk,
        name="灵隐联合工会",
        level="enterprise",
        form="joint",
        actor=actor(staff["alice"]),
        now=NOW,
    )
    register(joint.pk, USCC_B, "小微一")
    with pytest.raises(Conflict):
        register(joint.pk, USCC_B, "同一代码")
    with pytest.raises(Invalid):
        register(joint.pk, USCC_B[:-1] + "0", "代码不对")


def test_a_firm_moves_only_between_places_its_officer_manages(tree: dict[str, Org], staff: dict[str, Person]) -> None:
    made = firm(tree["lingyin"], USCC_A, "西湖文化馆")
    for who in ("alice", "bob"):
        with pytest.raises(NotFound):
            employers.move(employer_id=made.pk, org_id=tree["yinzhou"].pk, actor=actor(staff[who]), reason="", now=NOW)
    employers.move(employer_id=made.pk, org_id=tree["yinzhou"].pk, actor=actor(staff["root"]), reason="迁址", now=NOW)
    assert EmployerPolicy().may(actor(staff["bob"]), "see", made)
