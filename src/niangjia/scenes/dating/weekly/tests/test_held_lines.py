"""A line that leads elsewhere waits for somebody of the union; the list has what stood there before, or nothing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.messages.models import Note
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.types import PROCESSES
from niangjia.kernel.errors import NotFound
from niangjia.scenes.dating.models import HeldText, Profile
from niangjia.scenes.dating.services import reports
from niangjia.scenes.dating.types import LOOK_AT_TEXT, TEXT_APPEAL
from niangjia.scenes.dating.weekly import desk, listing
from niangjia.scenes.dating.weekly.models import Entry, Line

BEFORE, AFTER = "喜欢爬山和喝茶", "加我微信 abc12345"
XIHU = "330106"


@pytest.fixture
def province(make_person: Any, grant: Any, tree: Any, now: datetime) -> Callable[[int], Actor]:
    def make(number: int) -> Actor:
        person = make_person(number)
        grant(person, "union_officer", tree["province"])
        return Actor(person_id=person.pk, grants=tuple(grants_of(person.pk)), second_factor_at=now)

    return make


@pytest.fixture
def dora(province: Callable[[int], Actor]) -> Actor:
    return province(70)


@pytest.fixture
def emil(province: Callable[[int], Actor]) -> Actor:
    return province(71)


@pytest.fixture
def held(alice: Profile, dora: Actor, emil: Actor, agree: Any) -> Case:
    """Alice's first line waits; two officers could decide."""
    agree(alice, says=AFTER)
    return Case.objects.get(kind=LOOK_AT_TEXT)


def decide(case: Case, by: Actor, way: str, now: datetime) -> None:
    workflow.move(case=case, actor=by, transition=way, reason="联系方式双方都愿意时再交换", now=now)


def told(profile: Profile) -> set[str]:
    return set(Note.objects.filter(person=profile.person_id).values_list("template", flat=True))


@pytest.mark.parametrize("words", [AFTER, "电话一三八零零一三八零零零", "看我主页 www.example.com", "先转账再聊"])
def test_what_waits_is_on_no_list_in_no_form(
    words: str, alice: Profile, bob: Profile, agree: Any, publish: Any, phone: Any, api: Any, now: datetime
) -> None:
    agree(alice, public=True, says=words)
    assert Entry.objects.get().says == ""
    assert desk.draft_week(now=now) == 0
    assert not Line.objects.exists()
    publish()
    assert words not in str(phone(bob).get("dating/weekly", town=XIHU))
    page = api()
    page.get("dating/weekly/print", town=XIHU)
    assert words not in page.response.content.decode()


def test_its_owner_reads_that_it_waits_and_staff_the_words(
    held: Case, alice: Profile, dora: Actor, phone: Any, now: datetime
) -> None:
    mine = phone(alice).get("dating/weekly/mine")
    [waiting] = mine["held"]
    assert (waiting["field"], waiting["text"], waiting["state"]) == ("says", AFTER, "waiting")
    assert phone(alice).get("dating/profile")["held"] == []  # not a word of the profile
    exhibits = PROCESSES[LOOK_AT_TEXT].exhibits
    assert exhibits
    assert dora.person_id
    shown = [one.text for one in exhibits(held.pk, dora.person_id, now)]
    assert (shown[0], "微信" in shown[1], shown[2]) == (AFTER, True, "—")


def test_what_is_let_through_goes_on_the_next_list(
    held: Case, alice: Profile, bob: Profile, dora: Actor, phone: Any, publish: Any, now: datetime
) -> None:
    decide(held, dora, "show", now)
    publish()
    [item] = phone(bob).get("dating/weekly", town=XIHU)["items"]
    assert item["says"] == AFTER
    assert phone(alice).get("dating/weekly/mine")["held"] == []
    assert "dating_list_text_shown" in told(alice)


def test_what_stood_there_stays_and_another_person_may_look_again(
    alice: Profile, dora: Actor, emil: Actor, agree: Any, phone: Any, now: datetime
) -> None:
    agree(alice, says=BEFORE, wishes=BEFORE)
    agree(alice, says=BEFORE, wishes=AFTER)
    decide(Case.objects.get(kind=LOOK_AT_TEXT), dora, "take_down", now)
    assert (Entry.objects.get().says, Entry.objects.get().wishes) == (BEFORE, BEFORE)
    [down] = phone(alice).get("dating/weekly/mine")["held"]
    assert (down["field"], down["state"], down["may_appeal"]) == ("wishes", "down", True)
    assert "dating_list_text_down" in told(alice)
    phone(alice).post("dating/appeal", receipt=down["receipt"], text="这是我的工作")
    decide(Case.objects.get(kind=TEXT_APPEAL), emil, "show", now)
    assert Entry.objects.get().wishes == AFTER


def test_an_appeal_that_changes_nothing_is_told(
    held: Case, alice: Profile, dora: Actor, emil: Actor, now: datetime
) -> None:
    decide(held, dora, "take_down", now)
    reports.appeal(person_id=alice.person_id, receipt=held.receipt, text="请再看看", now=now)
    decide(Case.objects.get(kind=TEXT_APPEAL), emil, "keep", now)
    assert Entry.objects.get().says == ""
    assert "dating_list_text_kept" in told(alice)


def test_who_left_the_list_is_not_put_on_it_by_a_late_decision(
    held: Case, alice: Profile, bob: Profile, dora: Actor, now: datetime
) -> None:
    listing.leave(person_id=alice.person_id, now=now)
    decide(held, dora, "show", now)
    assert not Entry.objects.exists()
    assert HeldText.objects.get().state == "replaced"
    assert "dating_list_text_shown" not in told(alice)
    with pytest.raises(NotFound):
        reports.appeal(person_id=bob.person_id, receipt=held.receipt, text="?", now=now)


def test_without_the_words_it_is_there_at_once(held: Case, alice: Profile, agree: Any, phone: Any) -> None:
    agree(alice, says=BEFORE)
    assert Entry.objects.get().says == BEFORE
    assert phone(alice).get("dating/weekly/mine")["held"] == []
