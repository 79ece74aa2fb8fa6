"""Setting up an installation from the command line: offices and firms, all or nothing."""

from datetime import datetime
from pathlib import Path

import pytest

from niangjia.core.orgs import commands
from niangjia.core.orgs.models import Employer, Org
from niangjia.demo.numbers import credit_code
from niangjia.kernel.errors import Invalid

HEAD = "统一社会信用代码,单位名称,区划代码,行业\n"


@pytest.fixture
def town(tree: dict[str, Org]) -> Org:
    return tree["lingyin"]


def table(folder: Path, *rows: str) -> Path:
    path = folder / "firms.csv"
    path.write_text(HEAD + "\n".join(rows), encoding="utf-8-sig")
    return path


@pytest.mark.django_db
def test_a_table_of_firms_is_registered_under_one_union(tmp_path: Path, town: Org, now: datetime) -> None:
    codes = [credit_code(kind="91", region="330106", serial=number) for number in (1, 2)]
    file = table(tmp_path, f"{codes[0]},西湖茶厂,330106,茶叶", f"{codes[1]},灵隐酒店,330106,")
    list(commands.register_employers(file=file, org=town, now=now))
    assert set(Employer.objects.values_list("uscc", "org_id")) == {(code, town.pk) for code in codes}


@pytest.mark.django_db
def test_one_bad_row_names_itself_and_nothing_is_registered(tmp_path: Path, town: Org, now: datetime) -> None:
    good = credit_code(kind="91", region="330106", serial=1)
    file = table(tmp_path, f"{good},西湖茶厂,330106,", "911100000000000000,假代码公司,330106,")
    with pytest.raises(Invalid) as refused:
        list(commands.register_employers(file=file, org=town, now=now))
    assert "3" in str(refused.value.message)
    assert "假代码公司" in str(refused.value.message)
    assert not Employer.objects.exists()


@pytest.mark.django_db
def test_planting_the_divisions_twice_does_no_harm(now: datetime) -> None:
    for _ in range(2):
        list(commands.plant_divisions(prefix="33", now=now))
    assert Org.objects.filter(level="city").count() == 11
    assert Org.objects.filter(level="county").count() == 90
