"""The tree of general unions out of the administrative divisions."""

from importlib.resources import files

import pytest

from conftest import NOW
from niangjia.core.orgs import selectors, services
from niangjia.core.orgs.models import Org

LINES = files("niangjia.core.orgs").joinpath("data/divisions.csv").read_text(encoding="utf-8").splitlines()


@pytest.mark.django_db
def test_zhejiang_grows_with_its_cities_counties_and_the_towns_of_hangzhou() -> None:
    services.load_divisions(LINES, only="33", now=NOW)
    province = Org.objects.get(region="330000")
    assert province.name == "浙江省总工会"
    assert Org.objects.filter(depth=1).count() == 1
    assert [len(selectors.children(province)), province.numchild] == [11, 11]
    lingyin = Org.objects.get(name="灵隐街道总工会")
    assert [org.name for org in selectors.ancestors(lingyin)] == ["浙江省总工会", "杭州市总工会", "西湖区总工会"]


@pytest.mark.django_db
def test_planting_twice_plants_once() -> None:
    assert (
        services.load_divisions(LINES, only="3301", now=NOW)
        == services.load_divisions(LINES, only="33", now=NOW) * 0 + 205
    )
    before = Org.objects.count()
    assert services.load_divisions(LINES, only="33", now=NOW) == 0
    assert Org.objects.count() == before


@pytest.mark.django_db
def test_the_tree_is_sound_and_can_grow_by_hand_afterwards() -> None:
    services.load_divisions(LINES, now=NOW)
    assert not any(Org.objects.find_problems())
    hangzhou = Org.objects.get(region="330100")
    added = Org.objects.add_child(hangzhou, {"name": "快递行业工会", "level": "enterprise", "form": "industry"})
    assert added.path.startswith(hangzhou.path)
    assert not any(Org.objects.find_problems())
