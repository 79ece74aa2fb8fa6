"""Each role × each page: who may open it, and whose rows stand on it (checks B1, B2)."""

import re
from typing import Any

import pytest

from niangjia.core.access import roles
from niangjia.interfaces.boot.checks import endpoints

pytestmark = pytest.mark.django_db

PAGES = sorted(
    {end for end in endpoints() if end.route.startswith(("/console/", "/cockpit/"))}, key=lambda end: end.route
)
NEEDS_A_KEY = {
    "/console/people/reveal",
    "/console/roles/end",
    "/console/roles/setup",
    "/console/rolls/one",
    "/console/rolls/bad",
    "/console/orgs/create",
    "/console/orgs/rename",
    "/console/orgs/move",
    "/console/orgs/merge",
    "/console/orgs/end",
    "/console/orgs/register-employer",
    "/console/employers/rename",
    "/console/employers/move",
    "/console/employers/end",
    "/console/dating/centre/station",
    "/console/dating/chat/voice",
    "/console/dating/desk/two",
    "/console/dating/venues/door",
    "/console/dating/weddings/one",
}


@pytest.mark.parametrize("role", sorted(roles.ROLES))
def test_a_role_opens_the_pages_it_declares_and_no_others(role: str, staff: Any, town: Any) -> None:
    client = staff(role, "province")
    wrong = []
    for end in PAGES:
        if "<" in end.route:
            continue
        status = client.get(end.route).status_code
        assert end.access is not None
        allowed = not end.access.permission or end.access.permission in roles.ROLES[role].permissions
        right = status in ({404} if end.route in NEEDS_A_KEY else {200, 302}) if allowed else status == 403
        if not right:
            wrong.append((end.route, status))
    assert wrong == []


@pytest.mark.parametrize("end", PAGES, ids=lambda end: end.route)
def test_without_the_second_factor_no_page_opens(end: Any, api: Any, make_person: Any, grant: Any, tree: Any) -> None:
    """Check A6: a role alone, signed in by phone, sees nothing."""
    person = make_person(1)
    for role in roles.ROLES:
        grant(person, role, tree["province"])
    response = api(person).client.get(end.route.replace("<path:object_id>", str(person.pk)))
    if end.access.public or "/sign-in" in end.route:
        assert b"<table" not in response.content
    else:
        assert response.status_code in {302, 403, 404}


@pytest.mark.parametrize("end", PAGES, ids=lambda end: end.route)
def test_a_stranger_is_sent_to_sign_in(end: Any, api: Any) -> None:
    response = api().client.get(end.route.replace("<path:object_id>", "x"))
    if not end.access.public:
        assert response.status_code == 302
        assert response["Location"].startswith("/console/sign-in?")


LISTS = ("orgs", "employers", "people", "employment", "roles", "announcements", "log", "verify", "confirm", "cases", "")


@pytest.mark.parametrize("role", sorted(roles.ROLES))
@pytest.mark.parametrize("name", LISTS)
def test_lists_and_searches_of_one_city_never_show_the_other(role: str, name: str, staff: Any, town: Any) -> None:
    client = staff(role, "hangzhou")
    others = [
        town.tree["ningbo"].name,
        town.firms["b"].name,
        town.documents["b"].receipt,
        town.claims["b"].receipt,
        str(town.workers["b"].pk),
        str(town.facts["b"].pk),
    ]
    for query in ("", "?q=宁波", f"?q={town.firms['b'].uscc}", f"?q={town.workers['b'].phone}", "?all=", "?p=2"):
        text = client.get(f"/console/{name}{query}").content.decode()
        shown = text.replace(f'value="{query[3:]}"', "")  # what was searched stands in its own box
        assert [secret for secret in others if secret in shown] == []


@pytest.mark.parametrize("role", sorted(roles.ROLES))
def test_a_row_of_the_other_city_looks_like_a_row_that_is_missing(role: str, staff: Any, town: Any) -> None:
    client = staff(role, "hangzhou")
    missing = "3b0c8f44-0000-4000-8000-000000000000"
    for slug, row in (
        ("orgs", town.tree["ningbo"]),
        ("employers", town.firms["b"]),
        ("people", town.workers["b"]),
        ("employment", town.facts["b"]),
    ):
        theirs, none = client.get(f"/console/{slug}/{row.pk}/"), client.get(f"/console/{slug}/{missing}/")
        assert theirs.status_code == none.status_code in {403, 404}
    for path, key in (
        ("request", town.documents["b"].pk),
        ("request/decide", town.claims["b"].pk),
        ("people/revealed", town.workers["b"].pk),
        ("employment/left", town.facts["b"].pk),
    ):
        theirs = client.post(f"/console/{path}", {"key": str(key), "accept": "yes"})
        none = client.post(f"/console/{path}", {"key": missing, "accept": "yes"})
        assert theirs.status_code == none.status_code in {403, 404}


def test_each_side_does_see_its_own(staff: Any, town: Any) -> None:
    """The tests above would pass on empty pages too."""
    officer, firm = staff("union_officer", "hangzhou"), staff("enterprise_hr", "firm_a")
    assert str(town.workers["a"].pk) in officer.get("/console/people").content.decode()
    assert town.documents["a"].receipt in officer.get("/console/verify").content.decode()
    assert town.documents["a"].receipt in officer.get("/console/").content.decode()
    assert town.firms["a"].name in officer.get(f"/console/employers?q={town.firms['a'].uscc}").content.decode()
    assert town.claims["a"].receipt in firm.get("/console/confirm").content.decode()
    assert str(town.facts["a"].pk) in firm.get("/console/employment").content.decode()


def test_an_enterprise_sees_employment_and_nothing_else_of_its_people(staff: Any, town: Any) -> None:
    firm = staff("enterprise_hr", "firm_a")
    assert firm.get("/console/people").status_code == 403
    assert firm.get("/cockpit/").status_code == 403
    page = firm.get(f"/console/employment/{town.facts['a'].pk}/").content.decode()
    assert "王**" in page
    assert "王小明" not in page
    for hidden in ("single", "单身", "19900000101", "330106199001011234"):
        assert hidden not in page


def test_the_menu_offers_cases_only_to_those_who_decide_some(staff: Any, town: Any) -> None:
    assert "/console/cases" not in staff("enterprise_hr", "firm_a").get("/console/").content.decode()
    assert "/console/cases" in staff("union_officer", "xihu").get("/console/").content.decode()


def test_the_menu_is_read_in_short_groups(staff: Any, town: Any) -> None:
    """Nobody looks for a line among fifteen, and no two lines of a group wear the same picture."""
    page = staff("city_admin", "hangzhou").get("/console/").content.decode()
    groups = re.split(r"<h2>", page.split('<div class="groups">')[1].split("</nav>")[0])
    for group in groups:
        icons = re.findall(r'<span class="icon" aria-hidden="true">(\w+)</span>', group)
        assert len(icons) <= 10, group
        assert len(icons) == len(set(icons)), group
    assert sum("/console/dating/" in group for group in groups) == 2
    assert sum("/console/activities" in group for group in groups) == 1
