"""Who agreed stands on the list, in each form of it only as far as they agreed, and is gone at once."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from niangjia.core.access import Actor
from niangjia.core.consent import services as consent
from niangjia.core.consent.types import WITHDRAWN
from niangjia.core.messages.models import Note
from niangjia.kernel.errors import Conflict, DomainError, NotFound
from niangjia.scenes.dating.models import Profile, SeenOfDay
from niangjia.scenes.dating.scene import scene
from niangjia.scenes.dating.services import blocking, profiles
from niangjia.scenes.dating.weekly import desk, interests, listing, selectors
from niangjia.scenes.dating.weekly.models import Entry, Line, WeeklyList
from niangjia.scenes.dating.weekly.types import LISTED, PUBLIC, Words

XIHU = "330106"


def names(answer: Any) -> set[str]:
    return {item["nickname"] for item in answer["items"]}


def test_who_agreed_is_on_the_list_of_their_town_for_verified_members(
    alice: Profile, bob: Profile, agree: Callable[..., None], publish: Any, phone: Any, api: Any, make_person: Any
) -> None:
    agree(alice)
    publish()
    assert names(phone(bob).get("dating/weekly", town=XIHU)) == {"小爱"}
    stranger, newcomer = api(), api(make_person(50))
    stranger.get("dating/weekly")
    newcomer.get("dating/weekly")
    assert (stranger.status, newcomer.status) == (401, 404)


def test_lines_beyond_the_days_number_are_promised_for_tomorrow(
    alice: Profile, bob: Profile, agree: Callable[..., None], publish: Any, phone: Any, settings: Any
) -> None:
    agree(alice)
    publish()
    assert phone(bob).get("dating/weekly", town=XIHU)["tomorrow"] is False
    SeenOfDay.objects.all().delete()
    settings.DATING_PROFILES_A_DAY = 0
    answer = phone(bob).get("dating/weekly", town=XIHU)
    assert (answer["items"], answer["tomorrow"]) == ([], True)


def test_nobody_is_listed_without_agreeing(
    alice: Profile, bob: Profile, agree: Any, publish: Any, now: datetime
) -> None:
    with pytest.raises(Conflict) as refused:
        listing.put(person_id=alice.person_id, words=Words("我爱爬山", ""), now=now)
    assert refused.value.fields == {"purpose": LISTED}
    assert publish() == []


def test_the_list_shows_an_age_band_and_no_way_to_be_reached(
    alice: Profile, bob: Profile, agree: Any, publish: Any, phone: Any
) -> None:
    alice.person.legal_name = "李小爱"
    alice.person.save()
    agree(alice, public=True)
    publish()
    told = phone(bob)
    item = told.get("dating/weekly", town=XIHU)["items"][0]
    assert re.fullmatch(r"\d\d–\d\d", item["band"])
    assert item["photo"] is None
    printed = told.get("dating/weekly/print", town=XIHU).content.decode()
    for text in (told.response.content.decode(), str(item), printed):
        for secret in (alice.person.phone, "李小爱", "西湖龙井茶厂", str(alice.pk), str(alice.person_id), "1996"):
            assert secret not in text


def test_the_public_page_holds_only_who_agreed_to_it_and_names_nobody(
    alice: Profile, single: Any, agree: Any, publish: Any, api: Any
) -> None:
    shy = single(20, "f", nickname="小静", district=XIHU)
    agree(alice, public=True, says="周末常去龙井")
    agree(shy, says="只给会员看")
    publish()
    page = api().get("dating/weekly/print", town=XIHU)
    text = page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert "周末常去龙井" in text
    assert "只给会员看" not in text
    assert "小爱" not in text
    assert "小静" not in text


@pytest.mark.parametrize("heard", [True, False])
def test_a_consent_taken_back_is_gone_from_every_form_at_once(
    alice: Profile,
    bob: Profile,
    agree: Any,
    publish: Any,
    phone: Any,
    api: Any,
    now: datetime,
    monkeypatch: Any,
    actor: Actor,
    heard: bool,
) -> None:
    """Also were nobody to hear of it: each form asks for the consent when it is read."""
    agree(alice, public=True, says="周末常去龙井")
    (row,) = publish()
    assert "周末常去龙井" in api().get("dating/weekly/print", town=XIHU).content.decode()
    if not heard:
        monkeypatch.setattr("niangjia.core.consent.services.WITHDRAWN", [])
    consent.withdraw(person_id=alice.person_id, purpose=LISTED, now=now)
    assert "周末常去龙井" not in api().get("dating/weekly/print", town=XIHU).content.decode()
    assert names(phone(bob).get("dating/weekly", town=XIHU)) == set()
    assert selectors.desk_lines(row, now) == []
    assert Line.objects.exists() is not heard


def test_leaving_only_the_public_form_keeps_the_place_among_members(
    alice: Profile, bob: Profile, agree: Any, publish: Any, phone: Any, api: Any, now: datetime
) -> None:
    agree(alice, public=True, says="周末常去龙井")
    publish()
    consent.withdraw(person_id=alice.person_id, purpose=PUBLIC, now=now)
    assert "周末常去龙井" not in api().get("dating/weekly/print", town=XIHU).content.decode()
    assert names(phone(bob).get("dating/weekly", town=XIHU)) == {"小爱"}


def test_who_takes_a_break_or_loses_a_fact_is_not_on_the_list(
    alice: Profile, bob: Profile, agree: Any, publish: Any, phone: Any, api: Any, now: datetime
) -> None:
    agree(alice, public=True, says="周末常去龙井")
    publish()
    profiles.pause(person_id=alice.person_id, now=now)
    assert names(phone(bob).get("dating/weekly", town=XIHU)) == set()
    assert "周末常去龙井" not in api().get("dating/weekly/print", town=XIHU).content.decode()
    profiles.resume(person_id=alice.person_id, now=now)
    Profile.objects.filter(pk=alice.pk).update(verified_until=now - timedelta(days=1))
    assert names(phone(bob).get("dating/weekly", town=XIHU)) == set()


def test_colleagues_blocked_and_the_same_sex_are_not_shown(
    bob: Profile, carol: Profile, alice: Profile, charlie: Profile, agree: Any, publish: Any, phone: Any, now: datetime
) -> None:
    profiles.save(person_id=bob.person_id, changes={"district": XIHU}, now=now)
    agree(bob)
    publish()
    town = XIHU
    assert names(phone(carol).get("dating/weekly", town=town)) == set()
    assert names(phone(charlie).get("dating/weekly", town=town)) == set()
    assert names(phone(alice).get("dating/weekly", town=town)) == {"阿波"}
    blocking.block(person_id=bob.person_id, profile_id=alice.pk, now=now)
    assert names(phone(alice).get("dating/weekly", town=town)) == set()
    with pytest.raises(NotFound):
        interests.show(person_id=carol.person_id, line_id=Line.objects.get(profile=bob).pk, now=now)


def test_the_words_that_were_looked_through_stay_for_the_week(
    alice: Profile, bob: Profile, agree: Any, publish: Any, phone: Any
) -> None:
    agree(alice, says="看过的话")
    publish()
    agree(alice, says="新写的话")
    assert phone(bob).get("dating/weekly", town=XIHU)["items"][0]["says"] == "看过的话"


def test_numbers_are_drawn_anew_each_week_and_each_is_told_theirs(
    single: Any, agree: Any, publish: Any, now: datetime, actor: Actor
) -> None:
    women = [single(30 + n, "f", district=XIHU) for n in range(8)]
    for woman in women:
        agree(woman)
    publish()
    first = dict(Line.objects.values_list("profile_id", "number"))
    assert set(first.values()) == set(range(1, 9))
    notes = Note.objects.filter(template="dating_weekly_listed")
    assert {(note.person_id, note.params["number"]) for note in notes} == {(w.person_id, first[w.pk]) for w in women}
    orders = set()
    for week in range(1, 6):
        later = now + timedelta(weeks=week)
        desk.draft_week(now=later)
        row = desk.publish(actor=actor, list_id=WeeklyList.objects.get(state="draft").pk, now=later)
        orders.add(tuple(Line.objects.filter(list=row).order_by("number").values_list("profile_id", flat=True)))
    assert len(orders) > 1
    assert WeeklyList.objects.filter(state="published").count() == 1


def test_drafting_again_lists_nobody_twice(alice: Profile, agree: Any, now: datetime, actor: Actor) -> None:
    agree(alice)
    desk.draft_week(now=now)
    desk.draft_week(now=now)
    assert Line.objects.count() == 1
    line = Line.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.create(list=line.list, profile=alice)


def test_a_draft_is_seen_by_nobody_but_the_desk(
    alice: Profile, bob: Profile, agree: Any, phone: Any, api: Any, now: datetime, actor: Actor
) -> None:
    agree(alice, public=True, says="周末常去龙井")
    desk.draft_week(now=now)
    assert names(phone(bob).get("dating/weekly", town=XIHU)) == set()
    assert "周末常去龙井" not in api().get("dating/weekly/print", town=XIHU).content.decode()


def test_who_is_taken_out_is_told_why_and_another_person_looks_again(
    alice: Profile,
    bob: Profile,
    agree: Any,
    publish: Any,
    phone: Any,
    actor: Actor,
    now: datetime,
    line_of: Any,
    make_person: Any,
) -> None:
    agree(alice)
    publish()
    desk.take_out(actor=actor, line_id=line_of(alice).pk, reason="写了单位的名字", now=now)
    assert names(phone(bob).get("dating/weekly", town=XIHU)) == set()
    mine = phone(alice).get("dating/weekly/mine")
    assert (mine["out_reason"], mine["may_object"]) == ("写了单位的名字", True)
    phone(alice).post("dating/weekly/object", text="那是景区的名字")
    with pytest.raises(Conflict):
        desk.put_back(actor=actor, line_id=line_of(alice).pk, back=True, now=now)
    other = make_person(901)
    second = Actor(person_id=other.pk, grants=actor.grants, second_factor_at=now)
    desk.put_back(actor=second, line_id=line_of(alice).pk, back=True, now=now)
    assert names(phone(bob).get("dating/weekly", town=XIHU)) == {"小爱"}


def test_staff_of_another_city_see_and_change_nothing(
    alice: Profile,
    agree: Any,
    publish: Any,
    actor: Actor,
    now: datetime,
    tree: Any,
    make_person: Any,
    grant: Any,
    line_of: Any,
    api: Any,
) -> None:
    agree(alice)
    (row,) = publish()
    outsider = make_person(902)
    grant(outsider, "union_officer", tree["ningbo"])
    page = api(outsider, staff=True).client
    assert "我是小爱" not in page.get("/console/dating/weekly").content.decode()
    assert page.get("/console/dating/weekly/one", {"key": str(row.pk)}).status_code == 404
    page.post(
        "/console/dating/weekly/act",
        {"key": str(row.pk), "do": "out", "line": str(line_of(alice).pk), "reason": "no reason"},
    )
    assert line_of(alice).out_at is None


def test_as_many_queries_for_three_as_for_one(
    single: Any, bob: Profile, agree: Any, publish: Any, phone: Any, now: datetime, actor: Actor
) -> None:
    def queries() -> int:
        caller = phone(bob)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            caller.get("dating/weekly", town=XIHU)
        return len(seen)

    agree(single(40, "f", district=XIHU))
    (row,) = publish()
    one = queries()
    for number in (41, 42):
        agree(single(number, "f", district=XIHU))
    WeeklyList.objects.filter(pk=row.pk).update(state="draft")
    publish()
    assert len(phone(bob).get("dating/weekly", town=XIHU)["items"]) == 3
    assert queries() == one


def test_everything_is_in_the_export_and_gone_after_erasing(
    alice: Profile, agree: Any, publish: Any, now: datetime
) -> None:
    agree(alice, says="周末常去龙井")
    publish()
    assert scene.export is not None
    assert scene.erase is not None
    assert "周末常去龙井" in str(scene.export(alice.person_id)["weekly"])
    scene.erase(alice.person_id, now)
    assert not Line.objects.exists()
    assert not Entry.objects.exists()
    assert WITHDRAWN  # somebody hears of consents at all


def test_desk_refuses_to_publish_an_empty_list(alice: Profile, agree: Any, now: datetime, actor: Actor) -> None:
    agree(alice)
    desk.draft_week(now=now)
    listing.leave(person_id=alice.person_id, now=now)
    with pytest.raises(DomainError):
        desk.publish(actor=actor, list_id=WeeklyList.objects.get().pk, now=now)
