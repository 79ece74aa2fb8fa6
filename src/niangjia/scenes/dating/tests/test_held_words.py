"""Words that lead elsewhere wait for somebody of the union; others read what stood there before (issue 5)."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from niangjia.core.access import Actor
from niangjia.core.access.base_roles import UNION_OFFICER
from niangjia.core.access.selectors import actor_of
from niangjia.core.consent import purposes
from niangjia.core.consent import services as consent
from niangjia.core.files.services import store_photo
from niangjia.core.messages.models import Note
from niangjia.core.orgs.models import Org
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.policies import cases
from niangjia.engines.workflow.types import PROCESSES
from niangjia.kernel.errors import TooMany
from niangjia.scenes.dating import guard
from niangjia.scenes.dating.models import HeldText, Profile, ProfilePhoto
from niangjia.scenes.dating.scam import photos
from niangjia.scenes.dating.services import holding, profiles, reports
from niangjia.scenes.dating.types import LOOK_AT_TEXT, TEXT_APPEAL

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "喜欢爬山和喝茶", "喜欢爬山，加我微信聊"


@pytest.fixture
def officer(make_person: Callable[..., Any], grant: Any, tree: dict[str, Org], now: datetime) -> Callable[[int], Actor]:
    def make(number: int) -> Actor:
        person = make_person(number, is_staff=True)
        grant(person, UNION_OFFICER.code, tree["province"])
        return actor_of(person_id=person.pk, is_staff=True, second_factor_at=now)

    return make


@pytest.fixture
def dora(officer: Callable[[int], Actor]) -> Actor:
    return officer(70)


@pytest.fixture
def emil(officer: Callable[[int], Actor]) -> Actor:
    return officer(71)


@pytest.fixture
def held(alice: Profile, dora: Actor, emil: Actor, now: datetime) -> Case:
    """Alice's words wait; two officers could decide."""
    profiles.save(person_id=alice.person_id, changes={"about": BEFORE}, now=now)
    profiles.save(person_id=alice.person_id, changes={"about": AFTER}, now=now)
    return Case.objects.get(kind=LOOK_AT_TEXT)


def decide(case: Case, by: Actor, way: str, now: datetime) -> None:
    workflow.move(case=case, actor=by, transition=way, reason="联系方式双方都愿意时再交换", now=now)


def read_by(phone: Any, reader: Profile, other: Profile) -> str:
    return str(phone(reader).post("dating/open", id=str(other.pk))["about"])


def told(profile: Profile) -> set[str]:
    return set(Note.objects.filter(person=profile.person_id).values_list("template", flat=True))


def test_others_read_what_stood_there_and_the_owner_what_they_wrote(
    held: Case, phone: Any, alice: Profile, bob: Profile
) -> None:
    assert read_by(phone, bob, alice) == BEFORE
    [waiting] = phone(alice).get("dating/profile")["held"]
    assert (waiting["text"], waiting["state"], waiting["words"]) == (AFTER, "waiting", ["微信"])
    assert AFTER not in str(phone(bob).post("dating/browse"))


def test_staff_read_it_with_the_words_and_let_it_through(
    held: Case, phone: Any, alice: Profile, bob: Profile, dora: Actor, now: datetime
) -> None:
    exhibits = PROCESSES[LOOK_AT_TEXT].exhibits
    assert exhibits
    assert dora.person_id
    assert [one.text for one in exhibits(held.pk, dora.person_id, now)] == [AFTER, "微信", BEFORE]
    decide(held, dora, "show", now)
    assert read_by(phone, bob, alice) == AFTER
    assert phone(alice).get("dating/profile")["held"] == []
    assert "dating_text_shown" in told(alice)


def test_what_is_not_let_through_stays_with_its_reason_until_another_person_decides(
    held: Case, phone: Any, alice: Profile, bob: Profile, dora: Actor, emil: Actor, now: datetime
) -> None:
    decide(held, dora, "take_down", now)
    [down] = phone(alice).get("dating/profile")["held"]
    assert (down["state"], down["reason"], down["may_appeal"]) == ("down", "联系方式双方都愿意时再交换", True)
    assert read_by(phone, bob, alice) == BEFORE
    assert "dating_text_down" in told(alice)
    phone(alice).post("dating/appeal", receipt=down["receipt"], text="微信是我的工作")
    again = Case.objects.get(kind=TEXT_APPEAL)
    assert not cases.may(dora, "decide", again), "who decided first does not decide again"
    assert phone(alice).get("dating/profile")["held"][0]["may_appeal"] is False
    decide(again, emil, "show", now)
    assert read_by(phone, bob, alice) == AFTER


def test_an_appeal_that_changes_nothing_is_told(
    held: Case, alice: Profile, bob: Profile, dora: Actor, emil: Actor, now: datetime, phone: Any
) -> None:
    decide(held, dora, "take_down", now)
    reports.appeal(person_id=alice.person_id, receipt=held.receipt, text="请再看看", now=now)
    decide(Case.objects.get(kind=TEXT_APPEAL), emil, "keep", now)
    assert read_by(phone, bob, alice) == BEFORE
    assert "dating_text_kept" in told(alice)


def test_nobody_appeals_for_somebody_else(held: Case, phone: Any, bob: Profile, dora: Actor, now: datetime) -> None:
    decide(held, dora, "take_down", now)
    app = phone(bob)
    app.post("dating/appeal", receipt=held.receipt, text="?")
    assert app.status == 404


def test_without_the_words_it_is_there_at_once_and_a_late_decision_changes_nothing(
    held: Case, phone: Any, alice: Profile, bob: Profile, dora: Actor, now: datetime
) -> None:
    phone(alice).post("dating/profile", about="喜欢看海")
    assert read_by(phone, bob, alice) == "喜欢看海"
    assert phone(alice).get("dating/profile")["held"] == []
    decide(held, dora, "show", now)
    assert read_by(phone, bob, alice) == "喜欢看海", "staff decide on what they read, not on what came later"
    assert "dating_text_shown" not in told(alice)


def test_worse_words_written_while_staff_read_are_another_case(
    held: Case, phone: Any, alice: Profile, bob: Profile, dora: Actor, now: datetime
) -> None:
    worse = "先转账再聊，13800138000"
    phone(alice).post("dating/profile", about=worse)
    decide(held, dora, "show", now)
    assert read_by(phone, bob, alice) == BEFORE
    [waiting] = phone(alice).get("dating/profile")["held"]
    assert (waiting["text"], waiting["state"]) == (worse, "waiting")


def test_the_same_words_again_are_the_same_case_also_when_they_were_not_let_through(
    held: Case, phone: Any, alice: Profile, dora: Actor, now: datetime
) -> None:
    phone(alice).post("dating/profile", about=AFTER)
    decide(held, dora, "take_down", now)
    phone(alice).post("dating/profile", about=AFTER)
    assert Case.objects.filter(kind=LOOK_AT_TEXT).count() == 1
    assert HeldText.objects.get().state == "down"


def test_a_name_must_be_there_before_there_is_a_profile(
    api: Callable[..., Any], make_person: Callable[..., Any], now: datetime, firms: Any
) -> None:
    person = make_person(8)
    consent.give(person_id=person.pk, purpose=purposes.PROFILE, now=now)
    dave = api(person)
    dave.post("dating/profile", nickname="加V")
    assert dave.status == 422
    mine = dave.post("dating/profile", nickname="大卫", wish_text="加V")
    assert (mine["exists"], mine["wish_text"], mine["held"][0]["field"]) == (True, "", "wish_text")


def test_a_dozen_cases_a_day_are_enough(alice: Profile, dora: Actor, now: datetime) -> None:
    for n in range(holding.A_DAY[0].count):
        profiles.save(person_id=alice.person_id, changes={"about": f"{AFTER} {n}"}, now=now)
    with pytest.raises(TooMany):
        profiles.save(person_id=alice.person_id, changes={"about": AFTER}, now=now)
    profiles.save(person_id=alice.person_id, changes={"about": BEFORE}, now=now)


def test_what_is_held_goes_with_the_profile(held: Case, phone: Any, alice: Profile) -> None:
    phone(alice).post("dating/leave", confirm="删除")
    assert not HeldText.objects.exists()


def test_a_new_photo_is_its_owners_alone_until_it_was_looked_at(
    phone: Any, alice: Profile, bob: Profile, now: datetime, jobs: Any
) -> None:
    def add(colour: str) -> str:
        file = io.BytesIO()
        Image.linear_gradient("L").convert("RGB").save(file, "JPEG", comment=colour)
        upload = SimpleUploadedFile("a.jpg", file.getvalue(), "image/jpeg")
        return str(store_photo(owner_id=alice.person_id, upload=upload, purpose="profile", now=now).pk)

    first = add("teal")
    assert phone(alice).post("dating/profile/photos", photos=[first])["photos"][0]["waits"] is True
    assert phone(bob).post("dating/browse")["items"][0]["photo"] is None
    assert phone(bob).post("dating/open", id=str(alice.pk))["photos"] == []
    jobs.run()
    assert phone(alice).get("dating/profile")["photos"][0]["waits"] is False
    assert phone(bob).post("dating/browse")["items"][0]["photo"]
    phone(alice).post("dating/profile/photos", photos=[add("plum"), first])
    seen = phone(bob).post("dating/open", id=str(alice.pk))
    assert (len(seen["photos"]), bool(seen["photo"])) == (1, True), "the one that was looked at is shown meanwhile"
    photos.look_at_new(now=now)
    assert not ProfilePhoto.objects.filter(waits=True).exists()


def test_what_is_marked_ends_where_it_ends() -> None:
    assert guard.marked("联系小王 13800138000，加微信 wx_88") == ["13800138000", "微信", "wx"]
    assert guard.marked("一三八、零零一三、八零零零。") == ["一三八、零零一三、八零零零"]
