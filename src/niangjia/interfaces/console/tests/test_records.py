"""Lists and pages of records: one door to rows, no probing by query strings, nothing that runs (checks B3, C8)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.core.accounts.models import Person
from niangjia.core.messages.models import Announcement
from niangjia.core.orgs.models import Employer
from niangjia.interfaces.console.policies import people
from niangjia.interfaces.console.records import PersonAdmin
from niangjia.interfaces.console.site import ConsoleAdmin, site

pytestmark = pytest.mark.django_db


def test_an_admin_class_without_a_policy_refuses_to_start() -> None:
    with pytest.raises(ImproperlyConfigured):
        type("Careless", (ConsoleAdmin,), {"permission": "people.see", "slug": "careless"})


def test_an_admin_class_without_a_permission_refuses_to_start() -> None:
    with pytest.raises(ImproperlyConfigured):
        type("Careless", (ConsoleAdmin,), {"policy": people, "slug": "careless"})


def test_a_filter_that_would_list_rows_of_others_is_refused(staff: Any, town: Any, rf: Any) -> None:
    class Leaky(PersonAdmin):
        list_filter = ("role_grants",)

    with pytest.raises(ImproperlyConfigured):
        Leaky(Person, site).get_list_filter(rf.get("/"))


@pytest.mark.parametrize(
    "probe",
    ["birth_date__year=1990", "legal_name=x", "is_staff=1", "attestations__kind=single", "id_index__isnull=0"],
)
def test_a_query_string_cannot_ask_what_the_page_does_not(staff: Any, town: Any, probe: str) -> None:
    response = staff("union_officer", "xihu").get(f"/console/people?{probe}")
    assert response.status_code in {302, 422}  # not asked at all: sent back to the plain list, or refused


def test_people_are_found_by_their_whole_phone_number_only(staff: Any, town: Any) -> None:
    officer, key = staff("union_officer", "xihu"), str(town.workers["a"].pk)
    assert key in officer.get("/console/people?q=199 0000 0101").content.decode()
    assert key not in officer.get("/console/people?q=1990000010").content.decode()
    assert key not in officer.get(f"/console/people?q={key[:8]}").content.decode()


def test_lists_tell_the_time_of_china(staff: Any, town: Any) -> None:
    officer = staff("union_officer", "xihu")
    Person.objects.filter(pk=town.workers["a"].pk).update(created_at=datetime(2026, 3, 5, 20, 30, tzinfo=UTC))
    assert "2026-03-06 04:30" in officer.get("/console/people").content.decode()


def test_lists_show_masked_names_and_numbers(staff: Any, town: Any) -> None:
    officer = staff("union_officer", "xihu")
    for path in ("/console/people", f"/console/people/{town.workers['a'].pk}/"):
        text = officer.get(path).content.decode()
        assert "王**" in text
        assert "199****0101" in text
        for hidden in ("王小明", "19900000101", "330106199001011234"):
            assert hidden not in text


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "{{ 7|add:7 }}{% debug %}",
    "javascript:alert(1)",
    '=HYPERLINK("http://x")',
    "\r\nSet-Cookie: a=b",
    "' OR 1=1 --",
    "‮evil",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_typed_is_shown_and_never_run(staff: Any, town: Any, tree: Any, payload: str) -> None:
    officer = staff("union_officer", "xihu")
    Employer.objects.filter(pk=town.firms["a"].pk).update(name=payload)
    written = officer.post(
        "/console/announcements/write", {"org": str(tree["xihu"].pk), "title": payload, "body": payload}
    )
    assert written.status_code == 302
    notice = Announcement.objects.get()
    for path in (
        "/console/announcements",
        f"/console/announcements/{notice.pk}/",
        "/console/employers",
        f"/console/employers/{town.firms['a'].pk}/",
        f"/console/orgs?q={payload}",
        f"/console/sign-in?next={payload}",
    ):
        text = officer.get(path, follow=True).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "14{% debug" not in text


def test_announcements_go_no_higher_than_their_author(staff: Any, tree: Any) -> None:
    officer = staff("union_officer", "xihu")
    for org in ("hangzhou", "ningbo"):
        refused = officer.post(
            "/console/announcements/write", {"org": str(tree[org].pk), "title": "通知", "body": "内容"}
        )
        assert refused.status_code in {403, 404}
    empty = officer.post("/console/announcements/write", {"org": str(tree["xihu"].pk), "title": "通知", "body": " "})
    assert empty.status_code == 422
    assert "通知" in empty.content.decode()  # what was typed stays


def test_an_announcement_is_taken_back_once(staff: Any, tree: Any) -> None:
    officer, other = staff("union_officer", "xihu"), staff("union_officer", "yinzhou")
    officer.post("/console/announcements/write", {"org": str(tree["xihu"].pk), "title": "通知", "body": "内容"})
    key = {"key": str(Announcement.objects.get().pk)}
    assert other.post("/console/announcements/withdraw", key).status_code == 404
    assert officer.post("/console/announcements/withdraw", key).status_code == 302
    assert officer.post("/console/announcements/withdraw", key).status_code == 409


def _queries(client: Any, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


@pytest.mark.parametrize("page", ["employers", "people", "orgs", "verify", ""])
def test_lists_cost_the_same_for_few_rows_and_many(staff: Any, town: Any, tree: Any, page: str) -> None:
    path = f"/console/{page}"
    small, large = staff("union_officer", "xihu"), staff("union_officer", "province")
    _queries(small, path)
    assert _queries(large, path) == _queries(small, path)
