"""Which tables of dating tell the log when a row changes, and which do not, and why: each new table must be decided."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from niangjia.core.audit.models import Event
from niangjia.core.audit.services import acting
from niangjia.core.orgs.models import Org
from niangjia.scenes.dating.circle.models import Ties
from niangjia.scenes.dating.desk.models import Note, Task
from niangjia.scenes.dating.desk.tests.conftest import Centre, centre
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.weddings.models import Couple, Wedding
from niangjia.scenes.dating.weekly.models import Entry, Guest, Line, Live, WeeklyList

__all__ = ["centre"]  # a fixture
HOUR = timedelta(hours=1)

WATCHED = {
    "dating_profile", "dating_restriction", "dating_circle_ties", "dating_desk_record", "dating_desk_note",
    "dating_desk_task", "dating_desk_reward", "dating_scam_coolingoff", "dating_weddings_couple", "dating_weekly_entry",
    "dating_weekly_line", "dating_weekly_guest",
}  # fmt: skip
WHY_NOT = {
    "what somebody said of somebody stays secret, also when they said it": (
        "decision pair contactoffer block proposal entrant talk signal weekly_interest desk_introduction desk_follow "
        "desk_counsel desk_marriage desk_meeting venues_together planets_metoo planets_joining chat_reader chat_quiet"
    ),
    "letters: not even that one was written, to the minute, outlives them": "chat_message chat_voice chat_quoted",
    "gone by the day after, and must leave no trace": (
        "seenofday safety_plan safety_rest weekly_livesignal desk_meetingsignal"
    ),
    "the case and its steps tell who decided what": (
        "report evidence planets_post planets_postphoto planets_review planets_meetup scam_alarm scam_file "
        "scam_lookalike heldtext venues_show"
    ),
    "read off other rows, and written anew by machines": (
        "shelf poolofday scam_print scam_script weekly_suggestion desk_suggestion profilephoto"
    ),
    "of a union, a place or a day, not of a person; what is done with it is recorded by name": (
        "event planets_planet planets_topic weekly_weeklylist weekly_live weddings_wedding venues_venue venues_opening "
        "venues_picture desk_station desk_stationmember desk_meetingroom desk_visit desk_budget desk_spending "
        "desk_brand desk_brandmember"
    ),
    "of a telephone whose owner has not confirmed anything; who wrote it down is recorded": "desk_asking",
}


def test_every_table_is_watched_or_left_out_for_a_reason(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'audit_changes%'")
        watched = {name for (name,) in cursor.fetchall() if name.startswith("dating_")}
    assert watched == WATCHED
    left_out = {f"dating_{name}" for names in WHY_NOT.values() for name in names.split()}
    assert not watched & left_out
    ours = {m._meta.db_table for m in apps.get_models() if m._meta.app_label.startswith("dating")}
    assert ours - watched - left_out == set()


def _of(table: str) -> list[tuple[str, Any, Any]]:
    rows = Event.objects.filter(target_table=table).order_by("at", "pk")
    return [(row.action, row.actor_id, row.subject_id) for row in rows]


def test_the_log_knows_whose_it_is_though_the_row_names_a_profile(alice: Profile) -> None:
    acting(alice.person_id)
    row = Ties.objects.create(profile=alice, school="浙江大学", school_key="浙江大学")
    Ties.objects.filter(pk=row.pk).update(school="宁波大学")
    row.delete()
    assert _of("dating_circle_ties") == [
        (what, alice.person_id, alice.person_id) for what in ("insert", "update", "delete")
    ]
    assert "大学" not in str(list(Event.objects.values()))


@pytest.mark.parametrize("kind", ["note", "visit"])
def test_what_a_matchmaker_writes_is_known_as_theirs_and_about_whom(
    kind: str,
    centre: Centre,  # the fixture above
    alice: Profile,
) -> None:
    record = centre.record(alice)
    acting(centre.hong.person_id)
    Note.objects.create(record=record, author_id=centre.hong.person_id, kind=kind, text="喜欢安静", at=centre.now)
    assert _of("dating_desk_note") == [("insert", centre.hong.person_id, alice.person_id)]


Making = Callable[[Centre, Profile, Profile], Any]


def _line(_centre: Centre, alice: Profile, _bob: Profile) -> Line:
    org = Org.objects.filter(depth=1).get()
    week = WeeklyList.objects.create(org=org, town="330106", monday=date(2026, 11, 16))
    return Line.objects.create(list=week, profile=alice, nickname="小爱", says="秘密", wishes="秘密")


def _guest(centre: Centre, alice: Profile, _bob: Profile) -> Guest:
    org = Org.objects.filter(depth=1).get()
    live = Live.objects.create(
        org=org, day=date(2026, 11, 20), starts_at=centre.now + HOUR, minutes=20, answer_by=centre.now
    )
    return Guest.objects.create(live=live, profile=alice, side="f")


def _couple(centre: Centre, alice: Profile, bob: Profile) -> Couple:
    plan = {"title": "西湖集体婚礼", "place": "西湖", "places": 9, "state": "published"}
    times = {"held_at": centre.now + HOUR, "apply_until": centre.now}
    wedding = Wedding.objects.create(org=Org.objects.filter(depth=1).get(), **plan, **times)
    return Couple.objects.create(wedding=wedding, one=alice.person, other=bob.person, asked_at=centre.now)


ROWS: dict[str, Making] = {
    "dating_weekly_entry": lambda _c, alice, _b: Entry.objects.create(profile=alice, says="秘密", wishes="秘密"),
    "dating_weekly_line": _line,
    "dating_weekly_guest": _guest,
    "dating_desk_record": lambda centre, alice, _b: centre.record(alice, wishes="秘密"),
    "dating_desk_task": lambda centre, alice, _b: Task.objects.create(
        record=centre.record(alice), text="秘密", due_on=date(2026, 11, 20), made_at=centre.now
    ),
    "dating_weddings_couple": _couple,
}


@pytest.mark.parametrize("guarded", [True, False])
@pytest.mark.parametrize("table", ROWS)
def test_rows_of_the_newer_rooms_tell_the_log_whose_they_are_and_nothing_of_what_they_say(
    table: str,
    guarded: bool,
    centre: Centre,  # the fixture above
    alice: Profile,
    bob: Profile,
) -> None:
    """However they are written, also by hand. Without its trigger a table says nothing."""
    if not guarded:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")  # as all of this test, not for long
    acting(centre.hong.person_id)
    row = ROWS[table](centre, alice, bob)
    row.delete()
    told = {(what, by) for what, by, whose in _of(table) if whose == alice.person_id}
    assert told == ({(what, centre.hong.person_id) for what in ("insert", "delete")} if guarded else set())
    assert "秘密" not in str(list(Event.objects.values()))
