"""Leaving for good, and taking one's data along (checks E6, E7)."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from niangjia.core.messages.models import Note
from niangjia.scenes.dating.models import Pair, Profile, SeenOfDay
from niangjia.scenes.dating.services import decisions, leaving, seeing


@pytest.fixture
def paired(alice: Profile, bob: Profile, now: Any) -> None:
    for one, other in ((alice, bob), (bob, alice)):
        decisions.say_yes(person_id=one.person_id, profile_id=other.pk, now=now)


def test_leaving_asks_for_the_word_and_gives_a_receipt(phone: Any, alice: Profile) -> None:
    app = phone(alice)
    app.post("dating/leave", confirm="yes")
    assert app.status == 422
    gone = app.post("dating/leave", confirm="删除")
    assert gone["receipt"].startswith("NJ-")
    assert app.get("dating/profile")["exists"] is False


def test_nothing_of_the_profile_is_left_in_any_table(phone: Any, alice: Profile, bob: Profile, paired: None) -> None:
    pair = phone(alice).get("dating/pairs")["items"][0]["id"]
    phone(alice).post("dating/contact/offer", pair=pair, kind="wechat", value="xiaoai_96")
    phone(alice).post("dating/profile", about="独一无二的一句话")
    phone(alice).post("dating/leave", confirm="删除")
    with connection.cursor() as cursor:
        for model in apps.get_app_config("dating").get_models():
            if model._meta.label == "dating.SeenOfDay":
                continue  # ids of profiles shown today, gone at midnight: see the next test
            cursor.execute(f"SELECT string_agg(t::text, '') FROM {model._meta.db_table} t")
            text = cursor.fetchone()[0] or ""
            for trace in (str(alice.pk), "小爱", "独一无二"):
                assert trace not in text, model


def test_at_midnight_it_is_forgotten_who_was_shown_to_whom(phone: Any, alice: Profile, bob: Profile, now: Any) -> None:
    phone(alice).post("dating/browse")
    seeing.forget_days(now=now)
    assert SeenOfDay.objects.get().profiles == [bob.pk]
    for _night in range(2):
        seeing.forget_days(now=now + timedelta(days=1))
        row = SeenOfDay.objects.get()
        assert (row.profiles, row.opened, row.counted) == ([], [], 1)  # how many, not whom
    seeing.forget_days(now=now + timedelta(days=30))
    assert not SeenOfDay.objects.exists()


def test_the_other_learns_that_somebody_left_and_not_more(
    phone: Any, alice: Profile, bob: Profile, paired: None
) -> None:
    phone(alice).post("dating/leave", confirm="删除")
    seen = phone(bob).get("dating/pairs")["items"]
    assert len(seen) == 1
    assert "小爱" not in json.dumps(seen, ensure_ascii=False)
    assert seen[0]["other"]["id"] != str(alice.pk)
    assert Note.objects.filter(person_id=bob.person_id, template="dating_pair_ended").count() == 1


def test_when_both_left_no_pair_remains(phone: Any, alice: Profile, bob: Profile, paired: None) -> None:
    for one in (alice, bob):
        phone(one).post("dating/leave", confirm="删除")
    assert not Pair.objects.exists()


def test_my_export_holds_all_of_mine_and_nothing_of_others(
    phone: Any, alice: Profile, bob: Profile, charlie: Profile, paired: None
) -> None:
    app = phone(alice)
    app.post("dating/yes", id=str(charlie.pk))
    pair = app.get("dating/pairs")["items"][0]["id"]
    app.post("dating/contact/offer", pair=pair, kind="wechat", value="xiaoai_96")
    app.post("dating/report", id=str(charlie.pk), reason="other", details="my own words")
    app.post("dating/block", id=str(charlie.pk))
    text = json.dumps(leaving.export(alice.person_id), ensure_ascii=False, default=str)
    for own in ("小爱", "xiaoai_96", "my own words", "hiking"):
        assert own in text
    for other in (bob, charlie):
        for trace in (other.nickname, str(other.pk), str(other.person_id)):
            assert trace not in text


def test_erasing_somebody_without_a_profile_is_no_error(make_person: Any, now: Any) -> None:
    assert leaving.erase(make_person(5).pk, now).receipt
