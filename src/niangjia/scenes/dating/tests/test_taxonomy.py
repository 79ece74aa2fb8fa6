from niangjia.scenes.dating.taxonomy import (
    CHILDREN,
    DRINKING,
    EDUCATIONS,
    HOBBIES,
    HOBBY_GROUPS,
    HOBBY_INDEX,
    MARITAL,
    NEAR,
    SMOKING,
    near,
)


def test_codes_are_unique_and_every_word_has_both_titles() -> None:
    for terms in (HOBBIES, HOBBY_GROUPS, EDUCATIONS, MARITAL, CHILDREN, SMOKING, DRINKING):
        assert len({term.code for term in terms}) == len(terms)
        assert all(term.zh and term.en for term in terms)
        assert len({term.zh for term in terms}) == len(terms)


def test_every_hobby_stands_in_a_group_and_no_group_is_empty() -> None:
    assert {hobby.group for hobby in HOBBIES} == {group.code for group in HOBBY_GROUPS}


def test_near_hobbies_exist_and_are_near_both_ways() -> None:
    assert len({frozenset(pair) for pair in NEAR}) == len(NEAR)
    for a, b in NEAR:
        assert a != b
        assert {a, b} <= set(HOBBY_INDEX)
        assert b in near(a)
        assert a in near(b)
    assert near("investing") == frozenset()


def test_a_title_follows_the_language() -> None:
    cats = HOBBIES[HOBBY_INDEX["cats"]]
    assert (cats.title("zh-hans"), cats.title("en")) == ("养猫", "Cats")
