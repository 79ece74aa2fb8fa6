"""Finding a firm as people type it."""

import pytest

from conftest import NOW
from niangjia.core.orgs.models import Employer, Org
from niangjia.core.orgs.selectors import find_employers

NAMES = ["杭州西湖龙井茶厂", "西湖文化馆", "宁波港机厂", "3M中国有限公司", "重庆长安汽车（杭州）公司"]


@pytest.fixture
def firms(tree: dict[str, Org]) -> None:
    for at, name in enumerate(NAMES):
        Employer.objects.create(
            org=tree["lingyin"], uscc=f"9133010600000000{at:02}", name=name, district="330106", created_at=NOW
        )


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("西湖", ["西湖文化馆", "杭州西湖龙井茶厂"]),
        ("龙井", ["杭州西湖龙井茶厂"]),
        ("longjing", ["杭州西湖龙井茶厂"]),
        ("XHLJ", ["杭州西湖龙井茶厂"]),
        ("茶厂 杭州", ["杭州西湖龙井茶厂"]),
        ("3m", ["3M中国有限公司"]),
        ("３Ｍ中国", ["3M中国有限公司"]),
        ("汽车(杭州)", ["重庆长安汽车（杭州）公司"]),
        ("西", []),
        ("' | 西湖:* & !'", ["西湖文化馆", "杭州西湖龙井茶厂"]),
        ("\\'", []),
        ("没有这家", []),
    ],
)
def test_any_part_of_a_name_finds_it(typed: str, found: list[str]) -> None:
    assert [firm.name for firm in find_employers(typed)] == found


@pytest.mark.usefixtures("firms")
def test_a_renamed_firm_is_found_by_its_new_name_and_an_ended_one_not_at_all() -> None:
    firm = Employer.objects.get(name="西湖文化馆")
    firm.name = "孤山书画社"
    firm.save()
    assert [row.name for row in find_employers("gushan")] == ["孤山书画社"]
    firm.ended_at = NOW
    firm.save()
    assert find_employers("gushan") == []


@pytest.mark.django_db
def test_no_more_than_ten_are_shown(tree: dict[str, Org]) -> None:
    for at in range(12):
        Employer.objects.create(
            org=tree["lingyin"], uscc=f"9133010600000000{at:02}", name=f"钱塘{at}厂", district="330106", created_at=NOW
        )
    assert len(find_employers("钱塘")) == 10
