"""The phone and the back office: who may open what, what a page shows, and how many questions it asks the database."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from niangjia.core.audit.models import Event
from niangjia.core.consent.types import PURPOSES
from niangjia.scenes.dating.desk import following, introducing, meeting, metrics, registering, selectors
from niangjia.scenes.dating.desk.models import Follow, Record, Visit
from niangjia.scenes.dating.desk.tests.conftest import Centre
from niangjia.scenes.dating.desk.types import PURPOSE, Asked, When
from niangjia.scenes.dating.models import Profile

PAGES = (
    ("dating/desk", "hong"),
    ("dating/desk/introductions", "hong"),
    ("dating/desk/meetings", "hong"),
    ("dating/desk/register", "hong"),
    ("dating/centre", "officer"),
    ("dating/centre/rewards", "officer"),
    ("dating/centre/brands", "officer"),
    ("dating/weddings", "officer"),
)


@pytest.fixture
def desk(centre: Centre, api: Callable[..., Any]) -> Callable[[str], Client]:
    """The browser of somebody of the staff, after the second factor."""
    numbers = {"hong": "801", "stranger": "803", "officer": "804"}

    def sit(who: str) -> Client:
        client: Client = api(centre.staff[numbers[who]], staff=True).client
        return client

    return sit


def _text(response: Any) -> str:
    return str(response.content.decode())


def test_every_page_opens_for_those_who_may_and_for_nobody_else(
    centre: Centre, desk: Callable[[str], Client], alice: Profile, bob: Profile, api: Callable[..., Any]
) -> None:
    centre.found(alice, bob)
    for path, who in PAGES:
        assert desk(who).get(f"/console/{path}").status_code == 200, path
        other = "officer" if who == "hong" else "hong"
        if path != "dating/desk/register":
            assert desk(other).get(f"/console/{path}").status_code in (302, 403, 404), path
        assert api(alice.person).client.get(f"/console/{path}").status_code in (302, 403, 404)


def test_a_record_is_opened_by_post_and_its_owner_can_read_that(
    centre: Centre, desk: Callable[[str], Client], alice: Profile
) -> None:
    hers = centre.record(alice, wishes="爱笑的就好")
    hong = desk("hong")
    assert hong.get(f"/console/dating/desk/one?key={hers.pk}").status_code == 302
    page = hong.post("/console/dating/desk/one", {"key": hers.pk})
    assert "爱笑的就好" in _text(page)
    assert Event.objects.filter(action="dating.record_opened", subject_id=alice.person_id).count() == 1
    done = hong.post("/console/dating/desk/one", {"key": hers.pk, "do": "note", "kind": "note", "text": "爱喝龙井"})
    assert "爱喝龙井" in _text(done)
    assert "<p>已保存。</p>" in _text(done)  # and not the word that stands for it
    assert desk("stranger").post("/console/dating/desk/one", {"key": hers.pk}).status_code == 404


def test_the_desk_from_registering_to_asking_both(
    centre: Centre, desk: Callable[[str], Client], alice: Profile, bob: Profile, api: Callable[..., Any]
) -> None:
    hong = desk("hong")
    words = {
        "station": centre.station.pk,
        "source": "parent",
        "phone": bob.person.phone,
        "wishes": "稳重的",
        "do": "register",
    }
    assert hong.post("/console/dating/desk/register", {**words, "do": "register"}).status_code == 302
    waiting = _text(hong.get("/console/dating/desk/register"))
    assert bob.person.phone not in waiting
    assert bob.person.phone[-4:] not in waiting
    assert "稳重的" not in waiting
    phone = api(bob.person)
    (asked,) = phone.get("dating/help")["waiting"]
    assert asked["wishes"] == "稳重的"
    phone.post("dating/help/answer", asking=asked["id"], yes=True)
    assert phone.status == 200
    hers = centre.record(alice)
    page = _text(hong.post("/console/dating/desk/whom", {"key": hers.pk}))
    assert bob.nickname in page
    his = Record.objects.get(person=bob.person)
    asked_both = hong.post("/console/dating/desk/whom", {"key": hers.pk, "other": his.pk, "do": "introduce"})
    assert asked_both.status_code == 302
    for who in (alice, bob):
        mine = api(who.person)
        (one,) = mine.get("dating/help/people")["items"]
        assert one["says"] is None
        answered = mine.post("dating/help/people/answer", introduction=one["id"], yes=True)
    assert answered == {"pair": True}


def test_what_was_typed_is_still_there_beside_the_word_of_what_is_wrong(
    centre: Centre, desk: Callable[[str], Client], alice: Profile
) -> None:
    hers, station = centre.record(alice), {"key": centre.station.pk, "year": 2026}
    sent: tuple[tuple[str, str, dict[str, Any], str], ...] = (
        ("hong", "desk/one", {"key": hers.pk, "do": "task", "text": "周三打个电话", "due_on": ""}, "周三打个电话"),
        (
            "officer",
            "centre/station",
            {**station, "do": "member", "person": centre.staff["801"].pk, "shown_as": ""},
            "",
        ),
        ("officer", "centre/station", {**station, "do": "budget", "yuan": "两万"}, "两万"),
        ("officer", "centre/brands", {"do": "write", "org": centre.station.org_id, "story": "十二年"}, "十二年"),
    )
    for who, path, typed, kept in sent:
        page = desk(who).post(f"/console/dating/{path}", typed)
        assert page.status_code == 422, path
        assert 'class="wrong"' in _text(page), path
        assert kept in _text(page), path


def test_my_answer_is_on_my_phone_only(
    centre: Centre, desk: Callable[[str], Client], alice: Profile, bob: Profile, api: Callable[..., Any]
) -> None:
    row = centre.introduce(centre.record(alice), centre.record(bob))
    hers, his = api(alice.person), api(bob.person)
    before = his.get("dating/help/people"), _text(desk("hong").get(f"/console/dating/desk/two?key={row.pk}"))
    hers.post("dating/help/people/answer", introduction=str(row.pk), yes=False)
    assert hers.get("dating/help/people")["items"][0]["says"] == "no"
    after = his.get("dating/help/people"), _text(desk("hong").get(f"/console/dating/desk/two?key={row.pk}"))
    for one in (*before[0]["items"], *after[0]["items"]):
        one["other"].pop("photo")
    assert before[0] == after[0]
    assert _without_token(before[1]) == _without_token(after[1])


def _without_token(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf" not in line]


def test_the_consent_is_shown_before_it_is_asked(centre: Centre, alice: Profile, api: Callable[..., Any]) -> None:
    page = api(alice.person).get("dating/help")
    assert page["purpose"] == PURPOSE
    assert page["text"] == str(PURPOSES[PURPOSE].text) or page["text"]
    assert {one["name"] for one in page["stations"]} == {centre.station.name, centre.branch.name}


def test_a_meeting_and_a_question_on_the_phone(
    centre: Centre, alice: Profile, bob: Profile, api: Callable[..., Any]
) -> None:
    row = centre.found(alice, bob)
    starts = centre.now + timedelta(days=1)
    when = When(kind="room", starts_at=starts, ends_at=starts + timedelta(hours=1), room_id=centre.room.pk)
    meeting.propose(actor=centre.hong, introduction_id=row.pk, when=when, now=centre.now)
    Follow.objects.filter(step="3d").update(due_on=centre.now.date() - timedelta(days=1))
    hers = api(alice.person)
    page = hers.get("dating/help/people")
    (one,) = page["items"]
    assert one["meetings"][0]["place"].endswith("桂花厅")
    hers.post("dating/help/meeting", meeting=one["meetings"][0]["id"], fits=True)
    (question,) = page["questions"]
    hers.post("dating/help/how", question=question["id"], says="in_love", stars=5)
    assert hers.status == 200
    assert hers.get("dating/help/people")["questions"] == []
    his = api(bob.person).get("dating/help/people")
    assert "in_love" not in str(his["items"])  # what she said is between her and her matchmaker


def test_lists_ask_as_many_questions_for_three_as_for_one(
    centre: Centre, single: Callable[..., Profile], alice: Profile, bob: Profile
) -> None:
    def asked() -> list[int]:
        counts = []
        for look in (
            lambda: selectors.people(centre.hong),
            lambda: selectors.introduced(centre.hong),
            lambda: selectors.calendar(centre.hong, centre.now),
            lambda: selectors.tasks_due(centre.hong, centre.now + timedelta(days=9)),
            lambda: selectors.figures([centre.station, centre.branch], _year()),
        ):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                look()
            counts.append(len(queries))
        return counts

    def one_more(one: Profile, other: Profile, hours: int) -> None:
        row = centre.found(one, other)
        starts = centre.now + timedelta(hours=hours)
        when = When(kind="online", starts_at=starts, ends_at=starts + timedelta(hours=1))
        meeting.propose(actor=centre.hong, introduction_id=row.pk, when=when, now=centre.now)
        following.ask_due(now=centre.now + timedelta(days=4))

    one_more(alice, bob, 5)
    first = asked()
    for number in (5, 7):
        one_more(single(number, "f"), single(number + 1, "m", firm="port"), number)
    assert asked() == first
    assert max(first) <= 9


def _year() -> Any:
    from datetime import date  # noqa: PLC0415  # only here

    from niangjia.scenes.dating.desk.types import Span  # noqa: PLC0415  # only here

    return Span(date(2026, 1, 1), date(2100, 1, 1))


def test_my_own_pages_ask_as_many_questions_for_three_as_for_one(
    centre: Centre, single: Callable[..., Profile], alice: Profile, bob: Profile, api: Callable[..., Any]
) -> None:
    phone = api(alice.person)

    def asked() -> int:
        phone.get("dating/help/people")
        with CaptureQueriesContext(connection) as queries:
            phone.get("dating/help/people")
        return len(queries)

    hers = centre.record(alice)
    centre.introduce(hers, centre.record(bob))
    first = asked()
    for number in (5, 6):
        centre.introduce(hers, centre.record(single(number, "m", firm="port")))
    assert asked() == first


def test_the_figures_count_themselves(centre: Centre, alice: Profile, bob: Profile) -> None:
    row = centre.found(alice, bob)
    Visit.objects.create(station=centre.station, day=centre.now.date())
    following.note_story(actor=centre.hong, introduction_id=row.pk, story="registered", now=centre.now)
    (figures, nothing) = selectors.figures([centre.station, centre.branch], _year()).values()
    assert (figures.visits, figures.introductions, figures.pairs, figures.couples, figures.marriages) == (1, 1, 1, 1, 1)
    assert nothing.introductions == 0
    since, until = centre.now - timedelta(days=7), centre.now + timedelta(days=2)
    for counted in (metrics.visits, metrics.introduced, metrics.paired, metrics.couples):
        assert counted(since, until) == {centre.station.org_id: 1}
        assert counted(until, until + timedelta(days=7)) == {}


def test_what_waits_is_on_the_home_page(centre: Centre, alice: Profile, bob: Profile, api: Callable[..., Any]) -> None:
    asked = Asked(phone=bob.person.phone)
    registering.register(actor=centre.hong, station_id=centre.station.pk, source="desk", asked=asked, now=centre.now)
    codes = {line["code"] for line in api(bob.person).get("home")["waiting"]}
    assert "help_confirm" in codes
    row = centre.introduce(centre.record(alice), centre.record(bob))
    assert "help_introduction" in {line["code"] for line in api(bob.person).get("home")["waiting"]}
    introducing.answer(person_id=bob.person_id, introduction_id=row.pk, yes=True, now=centre.now)
    assert "help_introduction" not in {line["code"] for line in api(bob.person).get("home")["waiting"]}
