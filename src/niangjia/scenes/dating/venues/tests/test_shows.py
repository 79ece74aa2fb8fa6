"""Firms present their events: written by the firm, looked at by the union, read by members."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.messages.models import Note
from niangjia.kernel.errors import Conflict, Invalid, NotFound
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.venues import metrics, shows
from niangjia.scenes.dating.venues.models import Show
from niangjia.scenes.dating.venues.types import ShowPlan

TEXT = "茶厂的青年朋友请大家来采茶、炒茶、聊天，工会会员都欢迎。"


@pytest.fixture
def plan(now: datetime) -> ShowPlan:
    return ShowPlan("龙井茶厂青年开放日", TEXT, "龙井村茶园", now + timedelta(days=9), nobody_named=True)


@pytest.fixture
def sent(hr: Actor, firms: Any, plan: ShowPlan, now: datetime) -> Show:
    row = shows.write(actor=hr, employer_id=firms["tea"].pk, plan=plan, now=now)
    return shows.send(actor=hr, show_id=row.pk, now=now)


def test_a_show_is_read_by_members_once_the_union_has_looked(
    sent: Show, bob: Profile, phone: Any, actor: Actor, now: datetime
) -> None:
    assert phone(bob).get("dating/shows")["items"] == []
    shows.decide(actor=actor, show_id=sent.pk, publish=True, reason="", now=now)
    (shown,) = phone(bob).get("dating/shows")["items"]
    assert (shown["title"], shown["firm"]) == ("龙井茶厂青年开放日", "西湖龙井茶厂")
    assert metrics.shows(now - timedelta(hours=1), now + timedelta(hours=1)) == {sent.employer.org_id: 1}


def test_a_firm_writes_only_for_itself(hr: Actor, firms: Any, plan: ShowPlan, now: datetime) -> None:
    with pytest.raises(NotFound):
        shows.write(actor=hr, employer_id=firms["port"].pk, plan=plan, now=now)


def test_a_show_that_names_people_is_not_sent(hr: Actor, firms: Any, plan: ShowPlan, now: datetime) -> None:
    unsure = ShowPlan(**{**plan.__dict__, "nobody_named": False})
    row = shows.write(actor=hr, employer_id=firms["tea"].pk, plan=unsure, now=now)
    with pytest.raises(Invalid):
        shows.send(actor=hr, show_id=row.pk, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Show.objects.filter(pk=row.pk).update(state="sent")


@pytest.mark.parametrize("words", ["联系小王 13800138000", "加微信 wx_tea_88", "报名费请先转账"])
def test_words_that_lead_elsewhere_wait_with_the_show_and_are_marked_for_both_desks(
    words: str, hr: Actor, firms: Any, plan: ShowPlan, bob: Profile, phone: Any, officer: Any, api: Any, now: datetime
) -> None:
    from niangjia.core.accounts.models import Person  # noqa: PLC0415  # only here

    called = ShowPlan(**{**plan.__dict__, "text": TEXT + words})
    row = shows.write(actor=hr, employer_id=firms["tea"].pk, plan=called, now=now)
    shows.send(actor=hr, show_id=row.pk, now=now)
    assert phone(bob).get("dating/shows")["items"] == []
    firm = api(Person.objects.get(pk=hr.person_id or ""), staff=True).client
    union = api(officer, staff=True).client
    (marked,) = [one for one in shows.marked(row) if one in words][:1]
    for page in (
        firm.get("/console/dating/shows/write", {"key": str(row.pk)}),
        union.get("/console/dating/shows/decide"),
    ):
        assert page.content.decode().split('class="note')[1].split("</div>")[0].count(marked) == 1


def test_nobody_publishes_what_they_wrote(
    sent: Show, hr: Actor, grant: Any, tree: Any, now: datetime, plan: ShowPlan
) -> None:
    from niangjia.core.accounts.models import Person  # noqa: PLC0415  # only here

    grant(Person.objects.get(pk=hr.person_id or ""), "union_officer", tree["hangzhou"])
    both = Actor(person_id=hr.person_id, grants=tuple(grants_of(hr.person_id)), second_factor_at=now)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        shows.decide(actor=both, show_id=sent.pk, publish=True, reason="", now=now)
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_a_returned_show_says_why_and_can_be_sent_again(
    sent: Show, hr: Actor, actor: Actor, plan: ShowPlan, now: datetime
) -> None:
    with pytest.raises(Invalid):
        shows.decide(actor=actor, show_id=sent.pk, publish=False, reason="", now=now)
    row = shows.decide(actor=actor, show_id=sent.pk, publish=False, reason="照片里有员工的脸，请换一张", now=now)
    assert (row.state, row.reason) == ("returned", "照片里有员工的脸，请换一张")
    assert Note.objects.filter(person=hr.person_id, template="dating_show_decided").exists()
    shows.change(actor=hr, show_id=sent.pk, plan=plan, now=now)
    assert shows.send(actor=hr, show_id=sent.pk, now=now).reason == ""


def test_what_the_union_has_looked_at_is_not_changed_under_its_hands(
    sent: Show, hr: Actor, actor: Actor, plan: ShowPlan, bob: Profile, phone: Any, now: datetime
) -> None:
    shows.decide(actor=actor, show_id=sent.pk, publish=True, reason="", now=now)
    with pytest.raises(Conflict):
        shows.change(actor=hr, show_id=sent.pk, plan=plan, now=now)
    shows.withdraw(actor=hr, show_id=sent.pk, now=now)
    assert phone(bob).get("dating/shows")["items"] == []


def test_pages_of_firm_and_union(
    sent: Show, hr: Actor, officer: Any, api: Any, make_person: Any, grant: Any, tree: Any
) -> None:
    from niangjia.core.accounts.models import Person  # noqa: PLC0415  # only here

    firm = api(Person.objects.get(pk=hr.person_id or ""), staff=True).client
    union = api(officer, staff=True).client
    assert "龙井茶厂青年开放日" in firm.get("/console/dating/shows").content.decode()
    assert TEXT in union.get("/console/dating/shows/decide").content.decode()
    union.post("/console/dating/shows/decide", {"key": str(sent.pk), "do": "publish"})
    sent.refresh_from_db()
    assert sent.state == "published"
    assert firm.get("/console/dating/shows/decide").status_code == 403
    other = make_person(911)
    grant(other, "enterprise_hr", tree["firm_b"])
    outsider = api(other, staff=True).client
    assert outsider.get("/console/dating/shows/write", {"key": str(sent.pk)}).status_code == 404
    assert "龙井茶厂" not in outsider.get("/console/dating/shows").content.decode()
