"""Near copies on two profiles and codes in photos go to a person; one's own photos do not."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageEnhance, ImageOps

from niangjia.core.access import Actor
from niangjia.core.files import services as files
from niangjia.core.files.models import Photo
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.types import PROCESSES
from niangjia.scenes.dating.models import Profile, ProfilePhoto, Restriction
from niangjia.scenes.dating.scam import photos
from niangjia.scenes.dating.scam.kernels.looks import NEAR, apart, looks
from niangjia.scenes.dating.scam.models import LookAlike, Print
from niangjia.scenes.dating.scam.types import LOOK_ALIKE
from niangjia.scenes.dating.services import profiles


def scene(seed: int) -> Image.Image:
    """A picture of soft shapes, as photos are."""
    dice = np.random.default_rng(seed)
    small = dice.integers(0, 256, (9, 7, 3), dtype=np.uint8)
    return Image.fromarray(small).resize((420, 540), Image.Resampling.BICUBIC)


def jpeg(image: Image.Image, quality: int = 88) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def alike(one: bytes, other: bytes) -> bool:
    a, b = looks(one), looks(other)
    assert a is not None
    assert b is not None
    return any(apart(way, kept) <= NEAR for way in a.any_way() for kept in (b.whole, b.middle))


@pytest.mark.parametrize("seed", range(12))
def test_a_copy_encoded_anew_mirrored_brighter_or_cropped_looks_the_same(seed: int) -> None:
    image = scene(seed)
    width, height = image.size
    kept = jpeg(image)
    assert alike(jpeg(image, 35), kept)
    assert alike(jpeg(ImageOps.mirror(image)), kept)
    assert alike(jpeg(ImageEnhance.Brightness(image).enhance(1.2)), kept)
    assert alike(jpeg(image.resize((width // 3, height // 3))), kept)
    middle = image.crop((int(width * 0.15), int(height * 0.15), int(width * 0.85), int(height * 0.85)))
    assert alike(jpeg(middle), kept)


def test_different_pictures_do_not_look_the_same() -> None:
    made = [jpeg(scene(seed)) for seed in range(40)]
    same = sum(alike(one, other) for n, one in enumerate(made) for other in made[:n])
    assert same == 0


def test_a_picture_with_nothing_in_it_looks_like_nothing() -> None:
    assert looks(jpeg(Image.new("RGB", (100, 100), "teal"))) is None


@pytest.fixture
def show(now: datetime) -> Callable[..., Photo]:
    def put(profile: Profile, *pictures: Image.Image) -> Photo:
        shown = list(ProfilePhoto.objects.filter(profile=profile).order_by("place").values_list("photo_id", flat=True))
        for picture in pictures:
            upload = SimpleUploadedFile("a.jpg", jpeg(picture), "image/jpeg")
            photo = files.store_photo(owner_id=profile.person_id, upload=upload, purpose="profile", now=now)
            shown.append(photo.pk)
        profiles.choose_photos(person_id=profile.person_id, photo_ids=shown, now=now)
        return photo

    return put


def code() -> Image.Image:
    out = io.BytesIO()
    segno.make("weixin://dl/add?abc").save(out, kind="png", scale=8)
    page = scene(3).copy()
    page.paste(Image.open(out).convert("RGB"), (40, 60))
    return page


pytestmark = pytest.mark.django_db


def test_one_photo_on_two_profiles_is_one_case_side_by_side(
    alice: Profile, bob: Profile, charlie: Profile, show: Any, dora: Actor, now: datetime
) -> None:
    show(bob, scene(1))
    show(charlie, ImageOps.mirror(scene(1)))
    show(alice, scene(2))
    assert photos.look_at_new(now=now) == 3
    assert photos.look_at_new(now=now) == 0
    row = LookAlike.objects.get()
    assert row.why == "same"
    exhibits = PROCESSES[LOOK_ALIKE].exhibits
    assert exhibits
    assert dora.person_id
    assert len([one for one in exhibits(row.case_id, dora.person_id, now) if one.image]) == 2
    assert ProfilePhoto.objects.count() == 3  # nothing is taken down before a person decided


def test_the_same_photo_twice_on_ones_own_profile_is_nobodys_business(bob: Profile, show: Any, now: datetime) -> None:
    show(bob, scene(1), scene(1))
    photos.look_at_new(now=now)
    assert not Case.objects.exists()


def test_a_photo_with_a_code_is_kept_back_until_somebody_looked(
    bob: Profile, show: Any, dora: Actor, now: datetime
) -> None:
    show(bob, scene(5))
    held = show(bob, code())
    photos.look_at_new(now=now)
    row = ProfilePhoto.objects.get(photo=held)
    assert row.waits, "its owner sees it, and nobody else"
    profiles.choose_photos(person_id=bob.person_id, photo_ids=[held.pk], now=now)
    assert ProfilePhoto.objects.get(photo=held).waits, "sorting photos does not let it through"
    workflow.move(case=Case.objects.get(kind=LOOK_ALIKE), actor=dora, transition="fine", reason="", now=now)
    assert not ProfilePhoto.objects.get(photo=held, profile=bob).waits
    photos.look_at_new(now=now)
    assert Case.objects.count() == 1


def test_whose_photo_is_taken_down_is_told_why_and_may_appeal(
    bob: Profile, charlie: Profile, show: Any, dora: Actor, now: datetime
) -> None:
    show(bob, scene(1))
    show(charlie, scene(1))
    photos.look_at_new(now=now)
    case = Case.objects.get(kind=LOOK_ALIKE)
    workflow.move(case=case, actor=dora, transition="remove", reason="照片是别人的", now=now)
    told = Restriction.objects.get()
    assert (told.person_id, told.what, told.reason) == (case.about_id, "warned", "照片是别人的")
    assert ProfilePhoto.objects.count() == 1


def test_prints_go_with_the_photo(bob: Profile, show: Any, now: datetime) -> None:
    show(bob, scene(1))
    photos.look_at_new(now=now)
    files.delete_photos(owner_id=bob.person_id)
    assert not Print.objects.exists()
