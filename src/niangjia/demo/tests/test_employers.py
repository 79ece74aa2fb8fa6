from collections import Counter

from niangjia.demo.employers import OWN_UNION_FROM, Employers, make_employers
from niangjia.demo.places import districts, places
from niangjia.demo.trades import INDUSTRIES
from niangjia.kernel.china import parse_uscc


def test_two_thousand_employers_with_names_and_codes_of_their_own(employers: Employers) -> None:
    codes = [*employers.uscc, *(union.uscc for union in employers.unions)]
    assert len(employers) == len(set(employers.name)) == 2000
    assert len(set(codes)) == len(codes)
    assert [parse_uscc(code) for code in codes] == codes


def test_every_employer_lies_in_a_town_of_its_district(employers: Employers) -> None:
    inside = {place.code for place in districts()}
    for district, town in zip(employers.district, employers.town, strict=True):
        assert district in inside
        assert places()[town].parent == district
    assert set(employers.district) == inside


def test_small_firms_share_a_union_and_gig_firms_belong_to_their_industry(employers: Employers) -> None:
    assert set(employers.form) == {"single", "joint", "industry"}
    for at, form in enumerate(employers.form):
        industry, union = INDUSTRIES[employers.industry[at]], int(employers.union[at])
        if form == "single":
            assert union == -1
            assert employers.size[at] >= OWN_UNION_FROM
        elif form == "joint":
            assert employers.unions[union].town == employers.town[at]
            assert employers.size[at] < OWN_UNION_FROM
        else:
            assert employers.unions[union].industry == industry.code


def test_a_big_city_does_not_run_out_of_names() -> None:
    big = make_employers(count=20_000, seed=5)
    assert Counter(big.name).most_common(1)[0][1] == 1
    assert len(set(big.uscc)) == 20_000
