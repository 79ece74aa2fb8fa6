"""A date somebody is told of in case: the chosen contact hears only when it is needed, and a day later it is gone."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from niangjia.core.messages.models import Outbound
from niangjia.kernel.errors import Conflict, Invalid, NotFound, TooMany
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.safety import dates, selectors
from niangjia.scenes.dating.safety.models import Plan
from niangjia.scenes.dating.safety.types import KEPT, Wanted
from niangjia.scenes.dating.services import blocking, decisions

HOUR = timedelta(hours=1)
SISTER = "13900001111"


def wanted(now: datetime, **words: Any) -> Wanted:
    given = {
        "starts_at": now,
        "until": now + 2 * HOUR,
        "grace": 30,
        "contact_name": "姐姐",
        "contact_phone": SISTER,
        "place": "湖滨的茶馆",
        **words,
    }
    return Wanted(**given)


@pytest.fixture
def going_out(alice: Profile, now: datetime) -> Plan:
    return dates.plan(person_id=alice.person_id, wanted=wanted(now), now=now)


def _texts(phones: Any, jobs: Any) -> list[tuple[str, str]]:
    jobs.run()
    return [(phone, template) for phone, template, _words in phones.sent]


def test_the_contact_hears_nothing_when_all_is_well(
    alice: Profile, going_out: Plan, phones: Any, jobs: Any, now: datetime
) -> None:
    dates.tell_of_late(now=going_out.until + timedelta(minutes=29))
    dates.safe(person_id=alice.person_id, now=going_out.until)
    dates.tell_of_late(now=going_out.alarm_at + HOUR)
    assert _texts(phones, jobs) == []


def test_who_does_not_come_back_has_the_contact_asked_to_call_once(
    alice: Profile, going_out: Plan, phones: Any, jobs: Any, api: Any
) -> None:
    assert dates.tell_of_late(now=going_out.alarm_at) == 1
    assert dates.tell_of_late(now=going_out.alarm_at + timedelta(minutes=1)) == 0
    assert _texts(phones, jobs) == [(SISTER, "date_late")]
    said = phones.sent[0][2]
    assert said["place"] == "湖滨的茶馆"
    assert said["tail"] == alice.person.phone[-4:]
    assert any("联系人" in note["title"] or note["title"] for note in api(alice.person).get("inbox")["items"])
    dates.safe(person_id=alice.person_id, now=going_out.alarm_at + HOUR)
    assert _texts(phones, jobs)[1:] == [(SISTER, "date_back")]


def test_back_while_the_word_still_waits_and_nobody_is_frightened(
    alice: Profile, going_out: Plan, phones: Any, jobs: Any
) -> None:
    dates.tell_of_late(now=going_out.alarm_at)
    dates.ask_for_help(person_id=alice.person_id, now=going_out.alarm_at + timedelta(seconds=5))
    dates.safe(person_id=alice.person_id, now=going_out.alarm_at + timedelta(seconds=10))
    assert _texts(phones, jobs) == []
    left = Outbound.objects.values_list("state", flat=True)
    assert set(left) == {"withdrawn"}
    assert {(row.to, row.params) for row in Outbound.objects.all()} == {("", "")}


def test_a_date_that_is_forgotten_takes_its_words_along(
    alice: Profile, bob: Profile, going_out: Plan, phones: Any, jobs: Any
) -> None:
    dates.tell_of_late(now=going_out.alarm_at)
    dates.forget(person_id=bob.person_id, now=going_out.alarm_at)
    assert Outbound.objects.filter(state="waiting").count() == 1
    dates.forget(person_id=alice.person_id, now=going_out.alarm_at)
    assert _texts(phones, jobs) == []


def test_a_contact_whom_the_word_may_have_reached_hears_that_all_is_well(
    alice: Profile, going_out: Plan, phones: Any, jobs: Any
) -> None:
    """The provider did not answer: it may have sent the text all the same."""
    dates.tell_of_late(now=going_out.alarm_at)
    Outbound.objects.update(tries=1)
    dates.safe(person_id=alice.person_id, now=going_out.alarm_at + HOUR)
    assert _texts(phones, jobs) == [(SISTER, "date_back")]


def test_help_is_asked_for_at_once_and_once(
    alice: Profile, going_out: Plan, phones: Any, jobs: Any, now: datetime
) -> None:
    for _press in range(3):
        dates.ask_for_help(person_id=alice.person_id, now=now)
    assert dates.tell_of_late(now=going_out.alarm_at) == 0
    assert _texts(phones, jobs) == [(SISTER, "date_sos")]


def test_a_plan_is_gone_a_day_after_its_end(alice: Profile, going_out: Plan) -> None:
    end = going_out.until + KEPT
    assert dates.forget_old(now=end - timedelta(seconds=1)) == 0
    assert dates.forget_old(now=end) == 1
    assert not Plan.objects.exists()
    assert timedelta(hours=24) == KEPT


def test_nobody_reads_the_number_or_the_place_in_the_table(going_out: Plan) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(p::text, '') FROM dating_safety_plan p")
        lying = cursor.fetchone()[0]
    assert str(going_out.pk) in lying
    for secret in (SISTER, "姐姐", "茶馆"):
        assert secret not in lying


def test_one_date_at_a_time(alice: Profile, going_out: Plan, now: datetime) -> None:
    with pytest.raises(Conflict):
        dates.plan(person_id=alice.person_id, wanted=wanted(now), now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(
            profile=alice, starts_at=now, until=now + HOUR, alarm_at=now + HOUR, delete_at=now + 25 * HOUR
        )
    dates.safe(person_id=alice.person_id, now=now)
    dates.plan(person_id=alice.person_id, wanted=wanted(now), now=now)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("contact_phone", {"contact_phone": "12"}),
        ("contact_phone", {"contact_phone": "own"}),
        ("contact_name", {"contact_name": " "}),
        ("until", {"until": "before"}),
        ("until", {"until": "in a month"}),
        ("place", {"place": "加我微信 abc12345"}),
        ("place", {"place": "很" * 41}),
        ("grace", {"grace": 1}),
        ("district", {"district": "330100"}),
    ],
)
def test_what_cannot_be_meant_is_refused_beside_its_field(
    field: str, words: dict[str, Any], alice: Profile, now: datetime
) -> None:
    moments = {"before": now - HOUR, "in a month": now + 700 * HOUR}
    if field == "until":
        words = {"until": moments[words["until"]]}
    if words.get("contact_phone") == "own":
        words = {"contact_phone": alice.person.phone}
    with pytest.raises(Invalid) as refused:
        dates.plan(person_id=alice.person_id, wanted=wanted(now, **words), now=now)
    assert set(refused.value.fields) == {field}


def test_nobody_fills_a_strangers_phone(alice: Profile, now: datetime) -> None:
    for _time in range(4):
        dates.plan(person_id=alice.person_id, wanted=wanted(now), now=now)
        dates.forget(person_id=alice.person_id, now=now)
    with pytest.raises(TooMany):
        dates.plan(person_id=alice.person_id, wanted=wanted(now), now=now)


def test_bob_cannot_end_or_read_alices_date(phone: Any, bob: Profile, going_out: Plan, now: datetime) -> None:
    for act in (dates.safe, dates.ask_for_help):
        with pytest.raises(NotFound):
            act(person_id=bob.person_id, now=now)
    dates.forget(person_id=bob.person_id, now=now)
    assert Plan.objects.filter(pk=going_out.pk, state="open").exists()
    assert phone(bob).get("dating/safety")["plan"] is None


def test_whom_one_meets_leaves_no_trace_after_a_block(phone: Any, alice: Profile, bob: Profile, now: datetime) -> None:
    for one, other in ((alice, bob), (bob, alice)):
        decisions.say_yes(person_id=one.person_id, profile_id=other.pk, now=now)
    app = phone(alice)
    pair = app.get("dating/pairs")["items"][0]["id"]
    given = {name: getattr(wanted(now), name) for name in ("grace", "contact_name", "contact_phone", "place")}
    times = {"starts_at": now.isoformat(), "until": (now + 2 * HOUR).isoformat()}
    plan = app.post("dating/safety/date", **given, **times, pair=pair)["plan"]
    assert (plan["with_nickname"], plan["contact_phone"]) == (bob.nickname, "139****1111")
    blocking.block(person_id=bob.person_id, profile_id=alice.pk, now=now)
    assert app.get("dating/safety")["plan"]["with_nickname"] == ""


def test_leaving_takes_it_along_and_export_holds_it(phone: Any, alice: Profile, going_out: Plan) -> None:
    exported = selectors.export(alice.person_id)
    assert exported["dates"][0]["contact_phone"] == SISTER
    phone(alice).post("dating/leave", confirm="删除")
    assert not Plan.objects.exists()
    assert selectors.export(alice.person_id)["dates"] == []


def test_the_home_page_reminds_while_a_date_goes_on(phone: Any, alice: Profile, bob: Profile, going_out: Plan) -> None:
    def codes(profile: Profile) -> list[str]:
        return [row["code"] for row in phone(profile).get("home")["waiting"]]

    assert "dating_date" in codes(alice)
    assert "dating_date" not in codes(bob)
    phone(alice).post("dating/safety/back")
    assert "dating_date" not in codes(alice)
