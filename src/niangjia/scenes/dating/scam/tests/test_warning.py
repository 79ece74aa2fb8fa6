"""Who is asked, who is warned, what staff see; nobody is restricted for words alone or in secret."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from niangjia.core.access import Actor
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.types import PROCESSES
from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid, NotFound
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.models import ContactOffer, Pair, Profile, Restriction
from niangjia.scenes.dating.scam import cooling_off, jobs, selectors, services
from niangjia.scenes.dating.scam.models import Alarm, CoolingOff, File, Script
from niangjia.scenes.dating.scam.tests.conftest import STORY
from niangjia.scenes.dating.scam.types import COOLS, FOLDED_KEPT, KEPT, SCAM
from niangjia.scenes.dating.services import leaving, reports

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]


def test_a_story_of_money_is_warned_of_and_everyday_talk_is_not(bob: Profile, pair: Pair, told: Any) -> None:
    verdict = told(bob, pair, *STORY)
    assert (verdict.level, verdict.stage) == ("warn", "money")
    assert any("稳赚" in words for words in verdict.evidence)
    calm = told(bob, pair, "你好呀，周末去爬山吗", "我在银行上班，最近有点忙", "那周六下午见")
    assert (calm.level, calm.evidence) == ("none", ())


def test_everyday_talk_asks_the_database_for_nothing(
    bob: Profile, pair: Pair, told: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        told(bob, pair, "在吗", "今天下班早，要不要一起吃面")


def test_a_line_that_adds_nothing_is_not_marked(bob: Profile, pair: Pair, told: Any) -> None:
    assert told(bob, pair, *STORY).level == "warn"
    assert told(bob, pair, *STORY, "好的").level == "none"


def test_a_contact_named_again_after_both_offered_theirs_says_nothing(
    alice: Profile, bob: Profile, pair: Pair, now: datetime
) -> None:
    assert not services._contacts_open(pair.pk)
    for owner in (alice, bob):
        ContactOffer.objects.create(pair=pair, owner=owner, kind="wechat", value="x", offered_at=now)
    assert services._contacts_open(pair.pk)


def test_only_the_receiver_reads_the_warning_and_police_is_one_tap_away(
    alice: Profile, bob: Profile, charlie: Profile, pair: Pair, send: Send
) -> None:
    key = send(bob, alice, pair)
    found = services.warnings_for(alice, [key])[key]
    assert found.police == "96110"
    assert "96110" in found.text
    assert found.evidence
    assert services.warnings_for(bob, [key]) == {}
    assert services.warnings_for(charlie, [key]) == {}


def test_warnings_of_a_page_are_one_query(
    alice: Profile, bob: Profile, pair: Pair, send: Send, django_assert_num_queries: Any
) -> None:
    keys = [send(bob, alice, pair)]
    with django_assert_num_queries(1):
        services.warnings_for(alice, keys)
    keys += [send(bob, alice, pair) for _ in range(2)]
    with django_assert_num_queries(1):
        assert len(services.warnings_for(alice, keys)) == 3


def test_noted_twice_is_noted_once_and_one_sender_has_one_open_case(
    alice: Profile, bob: Profile, pair: Pair, told: Any, now: datetime
) -> None:
    verdict, key = told(bob, pair, *STORY), new_id()
    for _ in range(2):
        services.noted(message_id=key, pair_id=pair.pk, sender=bob, receiver=alice, verdict=verdict, now=now)
    services.noted(message_id=new_id(), pair_id=pair.pk, sender=bob, receiver=alice, verdict=verdict, now=now)
    assert (Alarm.objects.count(), File.objects.count(), Case.objects.filter(kind=SCAM).count()) == (2, 1, 1)


def test_the_database_refuses_a_second_open_case(alice: Profile, bob: Profile, pair: Pair, send: Send) -> None:
    send(bob, alice, pair)
    other = workflow.open_case(
        kind=SCAM, org=reports.union_of(bob), about_id=bob.person_id, opened_by_id=None, summary="", now=pair.since
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        File.objects.create(case=other, sender=bob, opened_at=pair.since)


def test_staff_see_words_and_stages_but_neither_the_conversation_nor_the_receiver(
    alice: Profile, bob: Profile, pair: Pair, send: Send, dora: Actor, now: datetime
) -> None:
    send(bob, alice, pair, "我小时候住在鼓楼边上的桂花巷", *STORY)
    case = Case.objects.get(kind=SCAM)
    exhibits = PROCESSES[SCAM].exhibits
    assert exhibits is not None
    assert dora.person_id
    seen = "\n".join(one.text for one in exhibits(case.pk, dora.person_id, now))
    assert "稳赚" in seen
    for secret in ("桂花巷", "梦到你", alice.nickname, str(alice.pk), str(alice.person_id), str(pair.pk)):
        assert secret not in seen
    assert case.opened_by_id is None
    assert case.summary == ""
    assert case.data == {}


def test_words_alone_restrict_nobody(alice: Profile, bob: Profile, pair: Pair, send: Send, now: datetime) -> None:
    for _ in range(9):
        send(bob, alice, pair)
    bob.refresh_from_db()
    assert services.cooling(bob, now) is None
    assert bob.barred_until is None
    assert not Restriction.objects.exists()


def test_the_same_story_in_three_conversations_pauses_new_ones_for_hours_with_reason_and_remedy(
    alice: Profile, bob: Profile, pair: Pair, pair_with: Any, send: Send, now: datetime
) -> None:
    send(bob, alice, pair)
    for number in (11, 12):
        assert services.cooling(bob, now) is None
        send(bob, *pair_with(number))
    held = services.cooling(bob, now)
    assert held is not None
    assert held.until == now + COOLS
    assert held.reason
    assert held.remedy
    assert held.receipt
    assert services.cooling(alice, now) is None
    assert services.cooling(bob, now + COOLS) is None
    send(bob, *pair_with(13), at=now + timedelta(hours=13))
    assert services.cooling(bob, now + timedelta(hours=14)) is None  # once for each case


def test_longer_than_a_day_takes_a_person(bob: Profile, alice: Profile, pair: Pair, send: Send, now: datetime) -> None:
    send(bob, alice, pair)
    row = CoolingOff(person_id=bob.person_id, file=File.objects.get(), reason="x", made_at=now)
    row.until = now + timedelta(hours=25)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.fixture
def cooled(alice: Profile, bob: Profile, pair: Pair, pair_with: Any, send: Send) -> File:
    send(bob, alice, pair)
    for number in (11, 12):
        send(bob, *pair_with(number))
    return File.objects.get()


def test_whoever_waits_may_object_and_the_officer_reads_it(
    cooled: File, bob: Profile, alice: Profile, dora: Actor, now: datetime
) -> None:
    held = services.cooling(bob, now)
    assert held
    with pytest.raises(NotFound):
        cooling_off.appeal(person_id=alice.person_id, receipt=held.receipt, text="x", now=now)
    with pytest.raises(Invalid):
        cooling_off.appeal(person_id=bob.person_id, receipt=held.receipt, text=" ", now=now)
    cooling_off.appeal(person_id=bob.person_id, receipt=held.receipt, text="我在讲反诈课", now=now)
    exhibits = PROCESSES[SCAM].exhibits
    assert exhibits
    assert dora.person_id
    assert any("反诈课" in one.text for one in exhibits(cooled.case_id, dora.person_id, now))
    workflow.move(case=cooled.case, actor=dora, transition="dismiss", reason="是宣传", now=now)
    assert services.cooling(bob, now) is None
    cooled.refresh_from_db()
    assert cooled.closed_at


def test_an_officer_confirms_a_longer_pause_and_it_can_be_appealed_to_another(
    cooled: File, bob: Profile, dora: Actor, now: datetime
) -> None:
    until = (now + timedelta(days=7)).date().isoformat()
    workflow.move(
        case=cooled.case, actor=dora, transition="cool", reason="同样的话发给三人", details={"until": until}, now=now
    )
    held = services.cooling(bob, now + timedelta(days=6))
    assert held
    assert held.reason == "同样的话发给三人"
    second = cooling_off.appeal(person_id=bob.person_id, receipt=held.receipt, text="不是我发的", now=now)
    assert second.not_by_id == dora.person_id


def test_a_pause_for_more_than_a_month_is_refused(cooled: File, dora: Actor, now: datetime) -> None:
    late = (now + timedelta(days=60)).date().isoformat()
    with pytest.raises(Invalid), transaction.atomic():
        workflow.move(case=cooled.case, actor=dora, transition="cool", reason="x", details={"until": late}, now=now)
    cooled.case.refresh_from_db()
    assert cooled.case.closed_at is None


def test_every_decision_that_restricts_needs_a_reason_and_has_an_appeal() -> None:
    process = PROCESSES[SCAM]
    assert process.appeal
    grave = [step for step in process.transitions if step.code in ("warn", "cool", "restrict", "close")]
    assert len(grave) == 7
    assert all(step.needs_reason for step in grave)


def test_the_profile_is_paused_only_by_an_officer_with_reason(
    alice: Profile, bob: Profile, pair: Pair, send: Send, dora: Actor, now: datetime
) -> None:
    send(bob, alice, pair)
    until = (now + timedelta(days=3)).date().isoformat()
    workflow.move(
        case=Case.objects.get(kind=SCAM), actor=dora, transition="restrict", reason="骗钱", details={"until": until},
        now=now,
    )  # fmt: skip
    row = Restriction.objects.get(person_id=bob.person_id)
    assert (row.what, row.reason) == ("paused", "骗钱")
    assert reports.appeal(person_id=bob.person_id, receipt=row.receipt, text="冤枉", now=now).appeal_of_id


def test_leaving_takes_warnings_along_but_not_the_case(
    alice: Profile, bob: Profile, pair: Pair, send: Send, now: datetime
) -> None:
    send(bob, alice, pair)
    leaving.erase(bob.person_id, now)
    assert not Alarm.objects.exists()
    assert not Script.objects.exists()
    file = File.objects.get()
    assert file.sender is None
    assert file.words


def test_an_export_holds_mine_and_nobody_elses_words(alice: Profile, bob: Profile, pair: Pair, send: Send) -> None:
    send(bob, alice, pair)
    mine, theirs = selectors.export(bob.person_id), selectors.export(alice.person_id)
    assert "稳赚" in mine["warned_of"][0]["words"]
    assert theirs["warned_of"] == []
    assert "稳赚" not in str(theirs)
    assert len(theirs["warnings_shown_to_me"]) == 1


def test_what_is_kept_is_sealed(alice: Profile, bob: Profile, pair: Pair, send: Send) -> None:
    send(bob, alice, pair)
    with connection.cursor() as cursor:
        for table in ("dating_scam_alarm", "dating_scam_file", "dating_scam_script"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            assert "稳赚" not in str(cursor.fetchall())
            cursor.execute(f"SELECT encode(t::text::bytea, 'escape') FROM {table} t")
            assert "\\347\\250\\263\\350\\265\\232" not in str(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_two_warnings_at_the_same_moment_make_one_case(
    alice: Profile, bob: Profile, pair: Pair, told: Any, now: datetime
) -> None:
    verdict = told(bob, pair, *STORY)

    def note(_n: int) -> None:
        try:
            services.noted(message_id=new_id(), pair_id=pair.pk, sender=bob, receiver=alice, verdict=verdict, now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(note, range(4)))
    assert (File.objects.count(), Alarm.objects.count()) == (1, 4)


def test_a_warning_is_forgotten_after_half_a_year_but_not_while_it_keeps_a_message_folded(
    alice: Profile, bob: Profile, pair: Pair, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded, opened = send(bob, alice, pair), send(bob, alice, pair)
    now = clock.now()
    services.opened(receiver=alice, message_id=opened, now=now)
    File.objects.update(closed_at=now)
    monkeypatch.setattr(clock, "now", lambda: now + KEPT + timedelta(days=1))
    jobs.forget(0)
    assert list(Alarm.objects.values_list("message", flat=True)) == [folded]
    monkeypatch.setattr(clock, "now", lambda: now + FOLDED_KEPT + timedelta(days=1))
    jobs.forget(0)
    assert not Alarm.objects.exists()
