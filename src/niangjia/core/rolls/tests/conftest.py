"""Two cities with firms, tables of members made on the spot, and officers: Alice of Hangzhou, Bob of Ningbo."""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook
from stdnum.cn import ric, uscc

from conftest import NOW
from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.accounts.models import Person
from niangjia.core.orgs.models import Employer, Org
from niangjia.core.rolls import services
from niangjia.core.rolls.models import Import, RollEntry

HEADER = ["姓名", "身份证号", "手机号", "单位名称", "统一社会信用代码", "入会日期"]


def an_id(number: int, *, born: str = "19900101") -> str:
    base = f"330106{born}{number:03}"
    return base + str(ric.calc_check_digit(base + "0"))


def a_code(number: int) -> str:
    base = f"91330106{number:09}"
    return base + str(uscc.calc_check_digit(base))


def a_row(
    number: int, *, firm: str = "龙井茶厂", name: str = "", joined: str = "2020-01-02", phone: str = ""
) -> list[str]:
    return [
        name or f"王{'甲乙丙丁戊己庚辛壬癸'[number % 10]}",
        an_id(number),
        phone or f"1380000{number:04}",
        firm,
        "",
        joined,
    ]


def as_csv(rows: Iterable[Iterable[object]], *, header: list[str] = HEADER, delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue()


def as_xlsx(rows: Iterable[Iterable[object]], *, header: list[str] = HEADER) -> bytes:
    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in [header, *rows]:
        sheet.append(list(row))
    book.save(out)
    return out.getvalue()


@pytest.fixture
def firms(tree: dict[str, Org]) -> dict[str, Employer]:
    places = {"龙井茶厂": "firm_a", "港机厂": "firm_b", "灵隐书店": "lingyin"}
    return {
        name: Employer.objects.create(org=tree[place], uscc=a_code(at), name=name, district="330106", created_at=NOW)
        for at, (name, place) in enumerate(places.items())
    }


@pytest.fixture
def officers(tree: dict[str, Org], make_person: Callable[..., Person], grant: Callable[..., Any]) -> dict[str, Actor]:
    people = {"alice": "hangzhou", "bob": "ningbo", "root": "province"}
    actors = {}
    for at, (name, place) in enumerate(people.items(), start=9001):
        person = make_person(at)
        grant(person, "union_officer", tree[place])
        actors[name] = Actor(person_id=person.pk, grants=grants_of(person.pk), second_factor_at=NOW)
    return actors


def reasons(found: Import) -> list[tuple[int, str]]:
    return list(found.bad_rows.order_by("row").values_list("row", "reason"))


@pytest.fixture
def preview(tree: dict[str, Org], firms: dict[str, Employer], officers: dict[str, Actor]) -> Callable[..., Import]:
    """A table of these rows, previewed by Alice for Hangzhou unless told otherwise."""

    def make(
        rows: Iterable[Iterable[object]] | bytes,
        *,
        who: str = "alice",
        place: str = "hangzhou",
        now: datetime = NOW,
        **how: Any,
    ) -> Import:
        file = rows if isinstance(rows, bytes) else as_csv(rows, **how).encode()
        return services.preview(file=[file], file_name="名册.csv", org_id=tree[place].pk, actor=officers[who], now=now)

    return make


@pytest.fixture
def imported(preview: Callable[..., Import], officers: dict[str, Actor]) -> Callable[..., Import]:
    """The same, applied."""

    def make(rows: Any, *, who: str = "alice", now: datetime = NOW, **how: Any) -> Import:
        found = preview(rows, who=who, now=now, **how)
        return services.apply(import_id=found.pk, actor=officers[who], now=now)

    return make


def snapshot() -> list[tuple[Any, ...]]:
    """Every byte of the rolls as they stand."""
    rows = RollEntry.objects.order_by("pk").values_list()
    return [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in rows]


def names(employer: Employer) -> set[str]:
    return {entry.legal_name for entry in RollEntry.objects.filter(employer=employer, ended=None)}
