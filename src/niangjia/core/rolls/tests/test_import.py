"""From a table to a roll and back (check F10)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import pytest

from conftest import NOW
from niangjia.core.access import Actor
from niangjia.core.audit.models import Event
from niangjia.core.crypto import unseal
from niangjia.core.crypto.seal import Tampered
from niangjia.core.orgs import services as orgs
from niangjia.core.orgs.models import Employer, Org
from niangjia.core.rolls import applying, diff, selectors, services
from niangjia.core.rolls.models import BadRow, Import, RollEntry, StagedRow, State
from niangjia.core.rolls.tests.conftest import a_row, an_id, names, reasons, snapshot
from niangjia.kernel.errors import Conflict, NotFound

Make = Callable[..., Import]
LATER = NOW + timedelta(days=1)


def test_a_preview_tells_what_it_would_do_and_does_nothing(preview: Make) -> None:
    found = preview([a_row(1), a_row(2), ["", "", "", "", "", "x"]])
    assert found.state == State.PREVIEW, reasons(found)
    assert found.counts == {"new": 2, "changed": 0, "same": 0, "left": 0, "gone": 0, "bad": 1}, reasons(found)
    assert not RollEntry.objects.exists()


def test_the_sample_of_a_preview_shows_no_whole_number(preview: Make) -> None:
    sample = preview([a_row(1)]).sample
    assert "王*" in sample
    assert an_id(1) not in sample
    assert "13800000001" not in sample


def test_applied_members_stand_on_their_employers_roll(imported: Make, firms: dict[str, Employer]) -> None:
    imported([a_row(1), a_row(2), a_row(3, firm="灵隐书店")])
    assert names(firms["龙井茶厂"]) == {"王乙", "王丙"}
    assert names(firms["灵隐书店"]) == {"王丁"}


def test_the_same_table_twice_changes_nothing(imported: Make) -> None:
    rows = [a_row(number) for number in range(1, 6)]
    imported(rows)
    before = snapshot()
    again = imported(rows, now=LATER)
    assert again.counts == {"new": 0, "changed": 0, "same": 5, "left": 0, "gone": 0, "bad": 0}
    assert snapshot() == before


def test_who_is_missing_from_the_next_table_of_their_employer_has_left(
    imported: Make, firms: dict[str, Employer]
) -> None:
    imported([a_row(1), a_row(2), a_row(3, firm="灵隐书店")])
    second = imported([a_row(1)], now=LATER)
    assert second.counts["left"] == 1
    assert names(firms["龙井茶厂"]) == {"王乙"}
    assert names(firms["灵隐书店"]) == {"王丁"}, "an employer that the table does not name keeps its roll"


def test_a_changed_phone_or_name_is_a_change_and_not_a_new_member(imported: Make, firms: dict[str, Employer]) -> None:
    imported([a_row(1), a_row(2)])
    second = imported([a_row(1, phone="13911112222"), a_row(2, name="王小丙")], now=LATER)
    assert (second.counts["changed"], second.counts["new"], second.counts["left"]) == (2, 0, 0)
    assert names(firms["龙井茶厂"]) == {"王乙", "王小丙"}


def test_a_table_without_a_column_leaves_what_it_does_not_speak_of(imported: Make) -> None:
    imported([a_row(1)])
    phone = RollEntry.objects.get(ended=None).phone_index
    second = imported([["王乙", an_id(1), "龙井茶厂"]], header=["姓名", "身份证号", "单位"], now=LATER)
    assert second.counts["same"] == 1
    assert RollEntry.objects.get(ended=None).phone_index == phone


def test_a_row_that_says_left_takes_its_member_off_the_roll(imported: Make, firms: dict[str, Employer]) -> None:
    imported([a_row(1), a_row(2)])
    header = ["姓名", "身份证号", "单位名称", "离会日期"]
    rows = [["王乙", an_id(1), "龙井茶厂", "2026-01-31"], ["王丙", an_id(2), "龙井茶厂", ""]]
    second = imported(rows, header=header, now=LATER)
    assert (second.counts["gone"], second.counts["left"]) == (1, 1)
    assert names(firms["龙井茶厂"]) == {"王丙"}


def test_nobody_leaves_because_of_a_slip_of_the_pen(imported: Make, firms: dict[str, Employer]) -> None:
    imported([a_row(1), a_row(2), a_row(3, firm="灵隐书店"), a_row(4, firm="灵隐书店")])
    misspelt, elsewhere = a_row(2), a_row(4, firm="灵隐书院")
    misspelt[1] = misspelt[1][:-1] + "?"
    second = imported([a_row(1), misspelt, a_row(3, firm="灵隐书店"), elsewhere], now=LATER)
    assert (second.counts["bad"], second.counts["left"]) == (2, 0)
    assert len(names(firms["龙井茶厂"])) == len(names(firms["灵隐书店"])) == 2


def test_undo_puts_the_roll_back_to_the_last_byte(imported: Make, officers: dict[str, Actor]) -> None:
    imported([a_row(1), a_row(2), a_row(3)])
    before = snapshot()
    second = imported([a_row(1), a_row(2, name="王新"), a_row(4)], now=LATER)
    assert (second.counts["new"], second.counts["changed"], second.counts["left"]) == (1, 1, 1)
    services.undo(import_id=second.pk, actor=officers["alice"], now=LATER)
    assert snapshot() == before


def test_an_import_that_a_later_one_built_upon_is_not_undone_before_it(
    imported: Make, officers: dict[str, Actor]
) -> None:
    first = imported([a_row(1), a_row(2)])
    beside = imported([a_row(3, firm="灵隐书店")], now=LATER)
    second = imported([a_row(1)], now=LATER)
    with pytest.raises(Conflict, match="2026-11-23"):
        services.undo(import_id=first.pk, actor=officers["alice"], now=LATER)
    for each in (second, first, beside):
        services.undo(import_id=each.pk, actor=officers["alice"], now=LATER)
    assert snapshot() == []


def test_who_left_a_roll_is_forgotten_when_it_can_no_longer_be_undone(
    imported: Make, officers: dict[str, Actor]
) -> None:
    imported([a_row(1), a_row(2)])
    second = imported([a_row(1)], now=LATER)
    imported([a_row(3, firm="灵隐书店"), ["", "", "", "灵隐书店", "", ""]], now=NOW)
    assert BadRow.objects.exists()
    last = LATER + applying.UNDO_WITHIN
    assert applying.forget_what_ended(now=last) == 0
    assert RollEntry.objects.count() == 3
    assert applying.forget_what_ended(now=last + timedelta(seconds=1)) == 1
    assert [entry.ended for entry in RollEntry.objects.all()] == [None, None]
    assert not BadRow.objects.exists()
    with pytest.raises(Conflict) as refused:
        services.undo(import_id=second.pk, actor=officers["alice"], now=last + timedelta(seconds=1))
    assert refused.value.code == "too_old"


def test_an_import_is_applied_once_and_undone_once(imported: Make, officers: dict[str, Actor]) -> None:
    found = imported([a_row(1)])
    services.apply(import_id=found.pk, actor=officers["alice"], now=LATER)
    assert RollEntry.objects.count() == 1
    services.undo(import_id=found.pk, actor=officers["alice"], now=LATER)
    for again in (services.undo, services.apply):
        with pytest.raises(Conflict):
            again(import_id=found.pk, actor=officers["alice"], now=LATER)


def test_a_preview_that_the_roll_outran_is_told_anew_before_it_counts(
    preview: Make, imported: Make, officers: dict[str, Actor]
) -> None:
    first = preview([a_row(1), a_row(2)])
    imported([a_row(1)], now=LATER)
    with pytest.raises(Conflict) as told:
        services.apply(import_id=first.pk, actor=officers["alice"], now=LATER)
    assert told.value.code == "roll_changed"
    first.refresh_from_db()
    assert (first.state, first.counts["new"], first.counts["same"]) == (State.PREVIEW, 1, 1)
    services.apply(import_id=first.pk, actor=officers["alice"], now=LATER)
    assert RollEntry.objects.filter(ended=None).count() == 2


def test_what_breaks_in_the_middle_leaves_nothing_half_done(
    preview: Make, imported: Make, officers: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    imported([a_row(1), a_row(2)])
    found, before = preview([a_row(2, name="王新"), a_row(3)], now=LATER), snapshot()
    carry_out = diff.carry_out

    def break_after(import_id: UUID) -> None:
        carry_out(import_id)
        raise KeyboardInterrupt

    monkeypatch.setattr(diff, "carry_out", break_after)
    with pytest.raises(KeyboardInterrupt):
        services.apply(import_id=found.pk, actor=officers["alice"], now=LATER)
    assert snapshot() == before
    monkeypatch.undo()
    services.apply(import_id=found.pk, actor=officers["alice"], now=LATER)
    assert RollEntry.objects.filter(ended=None).count() == 2


def test_an_officer_imports_below_their_own_office_only(
    preview: Make, imported: Make, officers: dict[str, Actor], tree: dict[str, Org]
) -> None:
    for who, place in (("alice", "ningbo"), ("alice", "province"), ("alice", "firm_b"), ("bob", "xihu")):
        with pytest.raises(NotFound):
            preview([a_row(1)], who=who, place=place)
    found = imported([a_row(1)])
    for act in (services.apply, services.undo, services.drop, services.apply_later):
        with pytest.raises(NotFound):
            act(import_id=found.pk, actor=officers["bob"], now=NOW)


def test_firms_of_another_city_cannot_be_named(preview: Make, firms: dict[str, Employer]) -> None:
    by_name, by_code = a_row(1, firm="港机厂"), a_row(2)
    by_code[4] = firms["港机厂"].uscc
    found = preview([by_name, by_code, a_row(3, firm="没有这家")])
    assert found.counts["bad"] == 3
    assert set(found.bad_rows.values_list("reason", flat=True)) == {"employer"}, "another's and nobody's look the same"


def test_a_firm_that_moved_away_after_the_preview_is_not_touched(
    preview: Make, officers: dict[str, Actor], tree: dict[str, Org]
) -> None:
    found = preview([a_row(1)])
    orgs.move(org_id=tree["firm_a"].pk, parent_id=tree["ningbo"].pk, actor=officers["root"], reason="", now=NOW)
    with pytest.raises(Conflict) as told:
        services.apply(import_id=found.pk, actor=officers["alice"], now=LATER)
    assert told.value.code == "employer_moved"
    assert not RollEntry.objects.exists()


def test_a_dropped_preview_leaves_no_member_behind(preview: Make, officers: dict[str, Actor]) -> None:
    found = preview([a_row(1), ["?", "1", "2", "3", "", ""]])
    services.drop(import_id=found.pk, actor=officers["alice"], now=NOW)
    assert not StagedRow.objects.exists()
    assert not BadRow.objects.exists()
    with pytest.raises(Conflict):
        services.apply(import_id=found.pk, actor=officers["alice"], now=NOW)


def test_listeners_hear_which_rolls_changed_when_applied_and_when_undone(
    imported: Make, officers: dict[str, Actor], firms: dict[str, Employer], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(applying, "ROLL_CHANGED", [lambda employers, now: heard.append((employers, now))])
    found = imported([a_row(1)])
    services.undo(import_id=found.pk, actor=officers["alice"], now=LATER)
    firm = frozenset({firms["龙井茶厂"].pk})
    assert heard == [(firm, NOW), (firm, LATER)]
    assert selectors.employers_changed_since(LATER) == firm
    assert selectors.employers_changed_since(LATER + timedelta(seconds=1)) == set()


def test_applying_and_undoing_are_in_the_log(imported: Make, officers: dict[str, Actor]) -> None:
    found = imported([a_row(1)])
    services.undo(import_id=found.pk, actor=officers["alice"], now=LATER)
    said = (
        Event.objects.filter(target_table="rolls_import").order_by("at").values_list("action", "actor_id", "target_id")
    )
    who = officers["alice"].person_id
    assert list(said) == [("roll_applied", who, str(found.pk)), ("roll_undone", who, str(found.pk))]


def test_a_name_is_sealed_for_its_own_entry(imported: Make) -> None:
    found = imported([a_row(1)])
    entry = RollEntry.objects.get()
    assert entry.legal_name == "王乙"
    (stored,) = RollEntry.objects.values_list("legal_name", flat=True)
    with pytest.raises(Tampered):
        unseal(bytes(cast(bytes, stored)), place=f"rolls_rollentry/{found.pk}/legal_name")
