"""Tables as unions really send them."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime

import pytest

from niangjia.core.orgs.models import Employer
from niangjia.core.rolls import selectors
from niangjia.core.rolls.models import Import, RollEntry, State
from niangjia.core.rolls.tests.conftest import HEADER, a_row, an_id, as_csv, as_xlsx, names, reasons

Make = Callable[..., Import]
ROWS = [a_row(number) for number in range(1, 4)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_usual_encoding_and_delimiter_is_read(encoding: str, delimiter: str, preview: Make) -> None:
    found = preview(as_csv(ROWS, delimiter=delimiter).encode(encoding))
    assert found.counts["new"] == 3, (found.why, reasons(found))


def test_rare_characters_survive_gb18030(imported: Make, firms: dict[str, Employer]) -> None:
    imported(as_csv([a_row(1, name="𠮷野"), a_row(2, name="买买提•艾力")]).encode("gb18030"))
    assert names(firms["龙井茶厂"]) == {"𠮷野", "买买提·艾力"}


def test_one_unreadable_row_does_not_cost_the_others(preview: Make) -> None:
    lines = as_csv(ROWS).encode("utf-8").split(b"\r\n")
    lines[2] = lines[2].replace("王".encode(), b"\xff\xfe")
    found = preview(b"\r\n".join(lines))
    assert found.counts["new"] == 2
    assert reasons(found) == [(3, "letters")]


@pytest.mark.parametrize(
    "header",
    [
        ["姓名", "身份证号", "手机号", "单位名称"],
        ["*会员姓名", "*身份证号码（18位）", "联系电话", "工作单位"],
        [" 姓 名 ", "公民身份号码", "手机号码(必填)", "企业名称："],
        ["职工姓名", "证件号码", "移动电话", "用人单位"],
        ["Name", "ID number", "Mobile", "Employer"],
    ],
)
def test_headers_are_known_in_their_usual_spellings(header: list[str], preview: Make) -> None:
    assert preview([row[:4] for row in ROWS], header=header).counts["new"] == 3


def test_columns_may_stand_in_any_order_among_others(preview: Make) -> None:
    rows = [["1", row[3], row[2], "女", row[1], row[0]] for row in ROWS]
    assert preview(rows, header=["序号", "单位", "手机", "性别", "身份证", "姓名"]).counts["new"] == 3


def test_a_title_and_empty_lines_above_the_header_do_no_harm_and_rows_keep_their_numbers(preview: Make) -> None:
    text = "西湖区工会会员花名册,,,,,\r\n,,,,,\r\n" + as_csv([a_row(1), ["", "", "", "", "", ""], a_row(2, name="1")])
    found = preview(text.encode())
    assert (found.counts["new"], reasons(found)) == (1, [(6, "name")])


def test_row_numbers_of_a_spreadsheet_are_those_it_shows(preview: Make) -> None:
    found = preview(as_xlsx([a_row(1), [None] * 6, a_row(2, name="1")]))
    assert (found.counts["new"], reasons(found)) == (1, [(4, "name")])


def test_dates_and_numbers_of_a_spreadsheet_are_read_as_they_look(imported: Make) -> None:
    rows: list[list[object]] = [
        ["王甲", an_id(1), 13800000001, "龙井茶厂", "", date(2020, 1, 2)],
        ["王乙", an_id(2), 13800000002.0, "龙井茶厂", "", datetime(2020, 1, 2, 3, 4)],  # noqa: DTZ001  # spreadsheets know no zone
        ["王丙", an_id(3), "13800000003", "龙井茶厂", "", 43832],
    ]
    imported(as_xlsx(rows))
    assert set(RollEntry.objects.values_list("joined_on", flat=True)) == {date(2020, 1, 2)}
    assert RollEntry.objects.exclude(phone_index=None).count() == 3


@pytest.mark.parametrize(
    "written", ["2020-01-02", "2020/1/2", "2020.1.2", "2020年1月2日", "20200102", "43832", "2020-01-02 00:00:00"]
)
def test_a_day_can_be_written_in_many_ways(written: str, imported: Make) -> None:
    imported([a_row(1, joined=written)])
    assert RollEntry.objects.get().joined_on == date(2020, 1, 2)


@pytest.mark.parametrize("written", ["2020-01", "2020年1月", "202001"])
def test_a_month_counts_from_its_first_day(written: str, imported: Make) -> None:
    imported([a_row(1, joined=written)])
    assert RollEntry.objects.get().joined_on == date(2020, 1, 1)


def bad(**changed: str) -> list[str]:
    row = dict(zip(HEADER, a_row(1), strict=True)) | changed
    return list(row.values())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (bad(姓名=""), "name"),
        (bad(姓名="=cmd|'/c calc'!A0"), "name"),
        (bad(身份证号="330106199001010035"), "id_number"),
        (bad(身份证号="3.30106E+17"), "id_cut"),
        (bad(身份证号="330106199001010000"), "id_cut"),
        (bad(手机号="1380000"), "phone"),
        (bad(身份证号="", 手机号=""), "no_key"),
        (bad(单位名称="没有这家"), "employer"),
        (bad(单位名称=""), "employer_missing"),
        (bad(统一社会信用代码="91330106"), "uscc"),
        (bad(入会日期="去年"), "joined_on"),
        (bad(入会日期="2020-02-30"), "joined_on"),
        (bad(入会日期="2027-01-01"), "joined_on"),
    ],
)
def test_every_bad_row_is_named_with_its_reason(row: list[str], reason: str, preview: Make) -> None:
    found = preview([a_row(5), row])
    assert (found.counts["new"], reasons(found)) == (1, [(3, reason)])


def test_the_same_person_twice_is_told_with_the_row_of_the_first(preview: Make) -> None:
    found = preview([a_row(1), a_row(2), a_row(1)])
    assert (found.counts["new"], reasons(found)) == (2, [(4, "twice")])
    assert "2" in selectors.reason_of(found.bad_rows.get())


def test_two_firms_of_one_name_need_the_credit_code(preview: Make, firms: dict[str, Employer]) -> None:
    Employer.objects.filter(name="灵隐书店").update(name="龙井茶厂")
    by_code = a_row(2)
    by_code[4] = firms["龙井茶厂"].uscc
    found = preview([a_row(1), by_code])
    assert (found.counts["new"], reasons(found)) == (1, [(2, "employer_ambiguous")])


def test_brackets_of_either_width_name_the_same_firm(preview: Make) -> None:
    Employer.objects.filter(name="龙井茶厂").update(name="龙井茶厂（西湖）")
    assert preview([a_row(1, firm="龙井茶厂(西湖)"), a_row(2, firm="龙井茶厂 （西湖）")]).counts["new"] == 2


def test_the_table_of_a_single_firm_need_not_name_it(preview: Make) -> None:
    rows = [["王甲", an_id(1)], ["王乙", an_id(2)]]
    assert preview(rows, header=["姓名", "身份证号"], place="firm_a").counts["new"] == 2


def test_a_table_of_bad_rows_only_is_a_preview_that_does_nothing(preview: Make) -> None:
    found = preview([["", "", "", "", "", ""], bad(姓名="1")])
    assert (found.state, found.counts["new"], found.counts["bad"]) == (State.PREVIEW, 0, 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [("姓名,单位名称\r\n王甲,龙井茶厂\r\n", "no_header"), ("你好\r\n", "no_header"), (as_csv([]), "no_rows")],
)
def test_what_is_no_member_table_is_refused_kindly(text: str, why: str, preview: Make) -> None:
    found = preview(text.encode())
    assert (found.state, found.why) == (State.REFUSED, why)


def test_the_list_of_bad_rows_holds_every_one_and_no_formula(preview: Make) -> None:
    found = preview([["=1+1", f"@{number}", "", "龙井茶厂", "", ""] for number in range(3_000)])
    lines = list(csv.reader(io.StringIO("".join(selectors.bad_rows_csv(found)).removeprefix("\ufeff"))))
    assert [int(line[0]) for line in lines[1:]] == list(range(2, 3_002))
    assert not [cell for line in lines for cell in line if cell[:1] in "=+-@"]
