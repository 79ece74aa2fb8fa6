"""A leaked photo of a member is traced to the one it was shown to, and nobody else is ever named (check G4)."""

import io
import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from sklearn.datasets import load_sample_image

from niangjia.core.accounts.models import Person
from niangjia.core.files import decode, hidden, services, tracing
from niangjia.core.files.models import Photo
from niangjia.demo.avatars import portrait
from niangjia.kernel import clock

pytestmark = pytest.mark.django_db

CHANCE = random.Random(7)
VIEWERS = [UUID(int=CHANCE.getrandbits(128)) for _one in range(5000)]
NOW = clock.now()


def as_file(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def a_photo(name: str = "flower.jpg") -> bytes:
    return as_file(Image.fromarray(load_sample_image(name)), "PNG")


def texture(seed: int) -> bytes:
    """Coarse and fine at once, as cloth, leaves and hair are: half as strong at twice the fineness."""
    dice, sheet = np.random.default_rng(seed), np.zeros((600, 450))
    for step in (4, 8, 16, 32, 64, 128):
        small = Image.fromarray(dice.normal(size=(6 * step // 4, 4 * step // 4)).astype(np.float32))
        sheet += np.asarray(small.resize((450, 600), Image.Resampling.BICUBIC)) * 160 / step**0.75
    return as_file(Image.fromarray(np.clip(sheet + 128, 0, 255).astype(np.uint8)).convert("RGB"), "PNG")


PICTURES = {
    "photograph": lambda: a_photo("china.jpg"),
    "portrait": lambda: portrait(seed=3, sex="f", age=29, outfit="office"),
    "texture": lambda: texture(5),
}


def cut(image: Image.Image) -> Image.Image:
    width, height = image.size
    return opened(as_file(image.crop((width // 5, height // 6, width * 4 // 5, height * 3 // 4)), quality=85))


def smaller(image: Image.Image) -> Image.Image:
    return opened(as_file(image.resize((image.width * 6 // 10, image.height * 6 // 10)), quality=85))


SPOILT: dict[str, Callable[[Image.Image], Image.Image]] = {
    "jpeg": lambda image: opened(as_file(image, quality=50)),
    "cut": cut,
    "resized": smaller,
}


@pytest.mark.parametrize("variant", ["full", "thumb"])
@pytest.mark.parametrize("spoilt", SPOILT)
@pytest.mark.parametrize("picture", PICTURES)
def test_a_leak_is_traced_whatever_was_done_to_it(picture: str, spoilt: str, variant: Any) -> None:
    drawn = decode.draw(PICTURES[picture](), name="photo")
    clean, viewer = drawn.files[variant], VIEWERS[1234]
    leaked = SPOILT[spoilt](opened(hidden.hide(clean, salt=drawn.dhash, viewer_id=viewer, digits="4107")))
    signs = tracing.soft_signs(opened(clean), leaked, drawn.dhash)
    assert signs is not None
    assert [one.viewer_id for one in tracing.who(signs, VIEWERS)] == [viewer]


@pytest.mark.parametrize("picture", PICTURES)
def test_nobody_sees_the_mark(picture: str) -> None:
    drawn = decode.draw(PICTURES[picture](), name="photo")
    for clean in (drawn.files["full"], drawn.files["thumb"]):
        marked = hidden.hide(clean, salt=drawn.dhash, viewer_id=VIEWERS[0])
        apart = np.asarray(opened(clean), np.float64) - np.asarray(opened(marked), np.float64)
        assert 0 < (apart**2).mean() < 255**2 / 10**3.8, "the peak signal to noise ratio is 38 dB or more"


def test_nobody_is_named_for_a_picture_without_a_mark_or_with_the_mark_of_a_stranger() -> None:
    drawn = decode.draw(a_photo(), name="photo")
    clean = opened(drawn.files["full"])
    strange = opened(hidden.hide(drawn.files["full"], salt=drawn.dhash, viewer_id=UUID(int=5)))
    for leaked in (SPOILT["jpeg"](clean), smaller(strange)):
        signs = tracing.soft_signs(clean, leaked, drawn.dhash)
        assert signs is not None
        assert tracing.who(signs, VIEWERS) == []


def test_another_picture_is_told_apart() -> None:
    ours, other = (opened(a_photo(name)) for name in ("flower.jpg", "china.jpg"))
    assert tracing.soft_signs(ours, other, 0) is None


def test_chance_names_as_seldom_as_is_promised() -> None:
    """Signs that belong to nobody, for forty pictures: two hundred thousand chances to name somebody wrong."""
    draws = np.random.default_rng(3).normal(size=(40, hidden.SIGNS))
    assert [tracing.who(signs, VIEWERS) for signs in draws] == [[]] * 40


@pytest.fixture
def owner(make_person: Callable[..., Person]) -> Person:
    return make_person(1)


def take_in(owner: Person, data: bytes) -> Photo:
    upload = SimpleUploadedFile("photo.png", data, "image/png")
    return services.store_photo(owner_id=owner.pk, upload=upload, purpose="profile", now=NOW)


def shown(photo: Photo, viewer: Person, variant: Any = "full") -> bytes:
    token = services.photo_url(photo, viewer.pk, variant, NOW).partition("token=")[2]
    return services.open_photo(token=token, viewer_id=viewer.pk, viewer="Alice 138****0002", now=NOW)


def test_everybody_gets_another_picture_and_the_owner_the_clean_one(
    owner: Person, make_person: Callable[..., Person]
) -> None:
    photo, alice, bob = take_in(owner, a_photo()), make_person(2), make_person(3)
    assert shown(photo, owner) == services.pictures(ids=[photo.pk], variant="full")[0]
    assert len({shown(photo, one) for one in (owner, alice, bob)}) == 3
    assert len({shown(photo, one, "thumb") for one in (owner, alice, bob)}) == 3
    assert shown(photo, alice, "blur") == shown(photo, bob, "blur"), "there is nothing in a blur to trace"
    assert shown(photo, alice) == shown(photo, alice), "averaging many loads of one photo wins nothing"
