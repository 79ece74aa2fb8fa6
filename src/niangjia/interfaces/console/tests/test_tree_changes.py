"""The tree is changed from the back office: first in words, then for real; a merge takes two people."""

from typing import Any

import pytest

from niangjia.core.access.models import RoleGrant
from niangjia.core.attestations.services import employment
from niangjia.core.orgs.models import Employer, Org, OrgHistory
from niangjia.engines.workflow.models import Case
from niangjia.interfaces.console import tree_changes
from niangjia.kernel import clock

pytestmark = pytest.mark.django_db


def change(client: Any, path: str, key: Any, **form: str) -> Any:
    return client.post(f"/console/{path}", {"key": str(key), "reason": "区划调整", **form})


def test_a_preview_says_what_will_change_and_changes_nothing(staff: Any, town: Any) -> None:
    admin, tree = staff("city_admin", "province"), town.tree
    seen = change(admin, "orgs/move", tree["xihu"].pk, to=str(tree["ningbo"].pk))
    says = seen.context["says"]
    assert "1" in says[1]  # one firm goes along, with its one verified worker
    assert tree["xihu"].name in says[0]
    assert tree["hangzhou"].name in says[0]
    assert Org.objects.get(pk=tree["xihu"].pk).path == tree["xihu"].path
    assert not OrgHistory.objects.exists()


def test_what_was_looked_at_is_then_done_and_stands_in_the_history(staff: Any, town: Any) -> None:
    admin, tree = staff("city_admin", "province"), town.tree
    done = change(admin, "orgs/move", tree["xihu"].pk, to=str(tree["ningbo"].pk), do="1")
    assert done["Location"] == f"/console/orgs/{tree['xihu'].pk}/?told=changed"
    assert Org.objects.get(pk=tree["xihu"].pk).path.startswith(Org.objects.get(pk=tree["ningbo"].pk).path)
    page = admin.get(f"/console/orgs/{tree['xihu'].pk}/").content.decode()
    assert "区划调整" in page


def test_what_the_rules_refuse_is_refused_at_the_preview_and_what_was_typed_stays(staff: Any, town: Any) -> None:
    officer, tree = staff("union_officer", "hangzhou"), town.tree
    refused = change(officer, "orgs/create", tree["xihu"].pk, name="新", level="town")
    assert refused.status_code == 422
    page = refused.content.decode()
    assert 'value="新"' in page
    assert "区划调整" in page
    found = change(officer, "orgs/create", tree["xihu"].pk, name="北山街道总工会", level="town", do="1")
    assert found.status_code == 302
    assert Org.objects.filter(name="北山街道总工会", level="town").exists()


@pytest.mark.parametrize(
    "page", ["orgs/create", "orgs/rename", "orgs/move", "orgs/merge", "orgs/end", "orgs/register-employer"]
)
def test_a_place_outside_ones_care_is_not_found(page: str, staff: Any, town: Any) -> None:
    officer = staff("union_officer", "hangzhou")
    for name in ("province", "ningbo"):
        assert officer.get(f"/console/{page}", {"key": str(town.tree[name].pk)}).status_code == 404


def test_only_places_of_ones_own_are_offered_and_taken(staff: Any, town: Any) -> None:
    officer, tree = staff("union_officer", "hangzhou"), town.tree
    assert tree["ningbo"].name not in officer.get("/console/orgs/move", {"key": str(tree["xihu"].pk)}).content.decode()
    assert change(officer, "orgs/move", tree["xihu"].pk, to=str(tree["ningbo"].pk), do="1").status_code == 404


def test_an_employer_is_registered_renamed_and_handed_over(staff: Any, town: Any) -> None:
    admin, tree = staff("city_admin", "province"), town.tree
    form = {"name": "龙井包装厂", "uscc": "91330106MA27XFH06H", "district": "330106"}
    wrong = change(admin, "orgs/register-employer", tree["lingyin"].pk, **{**form, "uscc": "91330106MA27XFH06X"})
    assert wrong.status_code == 422
    change(admin, "orgs/register-employer", tree["lingyin"].pk, **form, do="1")
    firm = Employer.objects.get(name="龙井包装厂")
    change(admin, "employers/rename", firm.pk, name="龙井印刷厂", do="1")
    change(admin, "employers/move", firm.pk, to=str(tree["yinzhou"].pk), do="1")
    firm.refresh_from_db()
    assert (firm.name, firm.org) == ("龙井印刷厂", tree["yinzhou"])
    assert admin.get(f"/console/employers/{firm.pk}/").content.decode().count("区划调整") == 3


def test_only_an_empty_place_closes_down_and_a_firm_takes_what_it_vouched_for_along(staff: Any, town: Any) -> None:
    admin, place, now = staff("city_admin", "province"), town.tree["lingyin"], clock.now()
    firm = Employer.objects.filter(org__path__startswith=place.path).get()
    assert change(admin, "orgs/end", place.pk, do="1").status_code == 409
    assert "1" in change(admin, "employers/end", firm.pk).context["says"][1]  # its one verified worker
    assert change(admin, "employers/end", firm.pk, do="1").status_code == 302
    assert employment.fall_with_employers(now=clock.now()) == 1
    for org in [*Org.objects.filter(path__startswith=place.path).order_by("-depth")]:
        assert change(admin, "orgs/end", org.pk, do="1").status_code == 302
    assert not Org.objects.filter(path__startswith=place.path, ended_at=None).exists()
    assert OrgHistory.objects.filter(what="ended", at__gte=now).count() >= 2
    assert admin.get("/console/orgs/end", {"key": str(place.pk)}).status_code == 404


@pytest.fixture
def proposed(staff: Any, town: Any) -> tuple[Case, Any]:
    proposer = staff("city_admin", "province")
    asked = change(
        proposer, "orgs/merge", town.tree["hangzhou"].pk, to=str(town.tree["ningbo"].pk), reason="两市合并", do="1"
    )
    assert asked.status_code == 302, asked.content.decode()
    return Case.objects.get(kind=tree_changes.MERGE), proposer


def agree(client: Any, case: Case) -> Any:
    return client.post("/console/case/decide", {"key": str(case.pk), "transition": "approve"})


def test_a_merge_waits_for_another_person_and_then_takes_everything_along(proposed: Any, staff: Any, town: Any) -> None:
    case, proposer = proposed
    hangzhou, ningbo = town.tree["hangzhou"], town.tree["ningbo"]
    assert agree(proposer, case).status_code == 403
    assert Org.objects.get(pk=hangzhou.pk).ended_at is None
    other = staff("city_admin", "province")
    grant = RoleGrant.objects.create(person=other.person, role="union_officer", org=hangzhou, granted_at=case.opened_at)
    page = other.post("/console/case", {"key": str(case.pk)}).content.decode()
    assert hangzhou.name in page
    assert "两市合并" in page
    assert agree(other, case).status_code == 302
    assert Org.objects.get(pk=hangzhou.pk).ended_at is not None
    grant.refresh_from_db()
    assert grant.org == ningbo
    history = OrgHistory.objects.get(what="merged")
    assert (history.by_id, history.reason) == (other.person.pk, "两市合并")


def test_who_looks_after_one_of_the_two_only_neither_proposes_nor_agrees(proposed: Any, staff: Any, town: Any) -> None:
    case, _ = proposed
    mayor = staff("city_admin", "ningbo")
    assert agree(mayor, case).status_code == 404
    into = str(town.tree["ningbo"].pk)
    assert change(mayor, "orgs/merge", town.tree["hangzhou"].pk, to=into, do="1").status_code == 404
    officer = staff("union_officer", "province")
    assert agree(officer, case).status_code == 404


def test_a_merge_that_became_impossible_changes_nothing(proposed: Any, staff: Any, town: Any) -> None:
    case, _ = proposed
    Org.objects.filter(pk=town.tree["ningbo"].pk).update(ended_at=case.opened_at)
    assert agree(staff("city_admin", "province"), case).status_code == 409
    case.refresh_from_db()
    assert case.closed_at is None
