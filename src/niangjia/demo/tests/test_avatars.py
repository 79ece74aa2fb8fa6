from io import BytesIO

import pytest
from PIL import Image

from niangjia.demo.art.clothes import OUTFITS
from niangjia.demo.art.scenes import OF_HOBBY, SCENES
from niangjia.demo.avatars import pictures, portrait, scene, scene_kinds
from niangjia.demo.people import People
from niangjia.demo.trades import TRADES
from niangjia.scenes.dating.taxonomy import HOBBY_INDEX


def _size(jpeg: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(jpeg)) as image:
        assert image.format == "JPEG"
        return image.size


def test_the_same_seed_draws_the_same_portrait_and_another_seed_another() -> None:
    first = portrait(seed=5, sex="f", age=29, outfit="scrubs")
    assert first == portrait(seed=5, sex="f", age=29, outfit="scrubs")
    assert first != portrait(seed=6, sex="f", age=29, outfit="scrubs")


@pytest.mark.parametrize("outfit", sorted(OUTFITS))
def test_every_outfit_can_be_worn_by_women_and_men(outfit: str) -> None:
    for sex, age in (("f", 24), ("m", 50)):
        assert _size(portrait(seed=3, sex=sex, age=age, outfit=outfit)) == (720, 960)


def test_every_trade_has_clothes() -> None:
    assert {trade.outfit for trade in TRADES.values()} <= set(OUTFITS)


@pytest.mark.parametrize("kind", sorted(SCENES))
def test_every_scene_can_be_drawn(kind: str) -> None:
    assert _size(scene(seed=1, kind=kind)) == (720, 960)
    assert scene(seed=1, kind=kind) != scene(seed=2, kind=kind)


def test_scenes_belong_to_hobbies_that_exist() -> None:
    assert set(OF_HOBBY) <= set(HOBBY_INDEX)
    assert set(OF_HOBBY.values()) == set(SCENES)


def test_people_show_what_they_like_first() -> None:
    assert scene_kinds(seed=0, hobbies=("cats", "hiking", "dogs"), count=2) == ["cat", "mountain"]
    odd = scene_kinds(seed=0, hobbies=("investing",), count=2)
    assert len(set(odd)) == 2


def test_a_person_has_as_many_pictures_as_said(people: People) -> None:
    for row in range(6):
        shown = pictures(people=people, row=row)
        assert len(shown) == people.photos[row]
        assert all(_size(jpeg) == (720, 960) for jpeg in shown)
