"""One's own profile: written in parts, checked kindly."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from niangjia.core.consent import purposes
from niangjia.core.consent import services as consent
from niangjia.core.files.models import Photo
from niangjia.core.files.services import store_photo
from niangjia.scenes.dating.models import Profile


@pytest.fixture
def dave(api: Callable[..., Any], make_person: Callable[..., Any], now: Any) -> Any:
    """Somebody without a profile, on the phone."""
    person = make_person(8)
    consent.give(person_id=person.pk, purpose=purposes.PROFILE, now=now)
    return api(person)


def test_before_the_first_save_there_is_an_empty_profile_and_advice(dave: Any) -> None:
    mine = dave.get("dating/profile")
    assert mine["exists"] is False
    assert mine["completeness"]["percent"] == 0
    assert mine["completeness"]["advice"]


def test_a_profile_is_written_part_by_part(dave: Any) -> None:
    dave.post("dating/profile", nickname=" 大  卫 ", hobbies=["tea", "hiking", "tea"])
    dave.post("dating/profile", wishes={"age_from": 25}, home_town="浙江金华")
    mine = dave.post("dating/profile", about="周末爬山", height_cm=180)
    assert (mine["nickname"], mine["hobbies"]) == ("大 卫", ["tea", "hiking"])
    assert mine["wishes"]["age_from"] == 25
    assert (mine["home_town"], mine["about"], mine["height_cm"]) == ("浙江金华", "周末爬山", 180)
    assert dave.post("dating/profile", height_cm=None)["height_cm"] is None
    assert mine["completeness"]["percent"] > 20


def test_without_consent_nothing_is_kept(api: Any, make_person: Any) -> None:
    app = api(make_person(9))
    refused = app.post("dating/profile", nickname="nobody")
    assert refused["error"]["code"] == "consent_needed"
    assert not Profile.objects.exists()


def test_consent_taken_back_hides_at_once(phone: Any, alice: Profile, bob: Profile, now: Any) -> None:
    phone(bob).post("consents", purpose=purposes.PROFILE, given=False)
    assert phone(alice).post("dating/browse")["items"] == []
    app = phone(bob)
    assert app.post("dating/resume")["error"]["code"] == "consent_needed"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"nickname": " "}, "nickname"),
        ({"hobbies": ["astrology"]}, "hobbies"),
        ({"education": "phd"}, "education"),
        ({"district": "330100"}, "district"),
        ({"home_town": "Atlantis"}, "home_town"),
        ({"wishes": {"districts": ["nowhere"]}}, "wish_districts"),
        ({"wishes": {"age_from": 40, "age_to": 30}}, "wish_age_from"),
        ({"height_cm": 300}, "height_cm"),
        ({"about": "x" * 601}, "about"),
        ({"nickname": "a\x00b"}, "nickname"),
    ],
)
def test_a_wrong_place_is_marked_and_nothing_is_changed(wrong: dict[str, Any], field: str, dave: Any) -> None:
    dave.post("dating/profile", nickname="大卫", about="before")
    refused = dave.post("dating/profile", **{"about": "after", **wrong})
    assert dave.status == 422
    assert field in refused["error"]["fields"]
    assert dave.get("dating/profile")["about"] == "before"


@pytest.mark.parametrize(
    "text",
    [
        "加我微信聊", "V信 abc", "薇信同号", "vx: hello", "ＱＱ聊", "加V", "we chat me", "微​信",
        "13800138000", "138-0013-8000", "一三八零零一三八零零零", "１３８００１３８０００", "①③⑧00138000",
        "看 https://a.example/x", "www.example", "shop-1.com", "先转账", "刷 单兼职", "USDT",
    ],
)  # fmt: skip
def test_contacts_links_and_money_are_marked_and_held(text: str, dave: Any, tree: Any) -> None:
    dave.post("dating/profile", nickname="大卫", about="喜欢爬山")
    mine = dave.post("dating/profile", about=f"喜欢爬山。{text}。周末有空")
    assert mine["about"] == "喜欢爬山", "what stood there stays"
    [held] = mine["held"]
    assert (held["field"], held["state"], text in held["text"]) == ("about", "waiting", True)
    assert held["words"]
    assert "爬山" not in "".join(held["words"])


@pytest.mark.parametrize(
    "text",
    [
        "1996年出生，身高178，体重70",
        "每天7点半起床，跑5公里",
        "学理财和投资",
        "2026年想去西藏",
        "说话算话，一是一，二是二",
    ],
)
def test_plain_words_about_oneself_pass(text: str, dave: Any) -> None:
    dave.post("dating/profile", nickname="大卫", about=text)
    assert dave.status == 200


@pytest.fixture
def photo(now: Any) -> Callable[..., Photo]:
    def make(owner_id: Any, purpose: str = "profile") -> Photo:
        file = io.BytesIO()
        Image.new("RGB", (640, 640), "teal").save(file, "JPEG")
        upload = SimpleUploadedFile("a.jpg", file.getvalue(), "image/jpeg")
        return store_photo(owner_id=owner_id, upload=upload, purpose=purpose, now=now)

    return make


def test_photos_are_mine_and_in_my_order(phone: Any, alice: Profile, bob: Profile, photo: Any) -> None:
    first, second = photo(alice.person_id), photo(alice.person_id)
    app = phone(alice)
    mine = app.post("dating/profile/photos", photos=[str(second.pk), str(first.pk)])
    assert [row["id"] for row in mine["photos"]] == [str(second.pk), str(first.pk)]
    app.post("dating/profile/photos", photos=[str(first.pk)])
    assert not Photo.objects.filter(pk=second.pk).exists()
    for foreign in (photo(bob.person_id), photo(alice.person_id, "evidence")):
        app.post("dating/profile/photos", photos=[str(foreign.pk)])
        assert app.status == 422


def test_photos_are_blurred_until_both_said_yes(
    phone: Any, alice: Profile, bob: Profile, photo: Any, jobs: Any
) -> None:
    phone(alice).post("dating/profile/photos", photos=[str(photo(alice.person_id).pk)])
    jobs.run()
    mine, theirs = phone(alice), phone(bob)
    card = theirs.post("dating/browse")["items"][0]
    assert card["photo_blurred"] is True
    hidden = theirs.client.get(card["photo"]).content
    mine.post("dating/yes", id=str(bob.pk))
    assert theirs.post("dating/browse")["items"][0]["photo_blurred"] is True
    theirs.post("dating/yes", id=str(alice.pk))
    clear = theirs.post("dating/open", id=str(alice.pk))["photos"][0]
    assert clear["blurred"] is False
    assert theirs.client.get(clear["url"]).content != hidden
    assert phone(alice).client.get(card["photo"]).status_code == 403


def test_an_owner_may_open_photos_to_all(phone: Any, alice: Profile, bob: Profile, photo: Any, jobs: Any) -> None:
    phone(alice).post("dating/profile/photos", photos=[str(photo(alice.person_id).pk)])
    phone(alice).post("dating/profile", photos_to="verified")
    jobs.run()
    assert phone(bob).post("dating/browse")["items"][0]["photo_blurred"] is False


def test_a_break_hides_both_ways_and_ends_with_one_tap(phone: Any, alice: Profile, bob: Profile) -> None:
    app = phone(bob)
    assert app.post("dating/pause")["visibility"] == "paused"
    assert phone(alice).post("dating/browse")["items"] == []
    assert app.post("dating/browse")["error"]["code"] == "paused"
    assert app.post("dating/resume")["visibility"] == "verified"
    assert len(app.post("dating/browse")["items"]) == 1


def test_what_can_be_chosen_comes_in_the_readers_language(dave: Any, tree: Any) -> None:
    zh = dave.get("dating/options")
    dave.post("me/settings", language="en")
    en = dave.get("dating/options")
    assert {"羽毛球", "Badminton"} == {rows["hobbies"][0]["title"] for rows in (zh, en)}
