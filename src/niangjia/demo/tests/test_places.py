from collections import Counter

from niangjia.demo.places import children, districts, home_towns, places, short


def test_zhejiang_has_its_11_cities_and_90_counties() -> None:
    cities = children("330000")
    assert len(cities) == 11
    assert sum(len(children(city.code)) for city in cities) == 90


def test_hangzhou_is_as_it_was_reorganised_in_2021() -> None:
    assert [short(place.name) for place in districts()] == (
        ["上城", "拱墅", "西湖", "滨江", "萧山", "余杭", "富阳", "临安", "临平", "钱塘", "桐庐", "淳安", "建德"]
    )
    assert sum(len(children(place.code)) for place in districts()) == 191  # 93 streets, 75 towns, 23 townships


def test_the_whole_country_can_be_a_home_town() -> None:
    levels = Counter(place.level for place in places().values())
    assert (levels["province"], levels["city"], levels["county"]) == (34, 333, 2842)
    provinces = {place.code[:2] for place in home_towns()}
    assert len(provinces) == 34


def test_every_place_but_a_province_lies_in_a_larger_one() -> None:
    rank = ["province", "city", "county", "town"]
    for place in places().values():
        if place.level == "province":
            assert place.parent == ""
        else:
            assert rank.index(places()[place.parent].level) < rank.index(place.level)
