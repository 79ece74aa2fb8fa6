"""Photos from outside: taken in under limits, drawn anew, shown to one viewer (checks C1 to C3, G4)."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops, ImageCms

from conftest import NOW
from niangjia.core.accounts.models import Person
from niangjia.core.files import decode, services, store
from niangjia.core.files.models import Photo
from niangjia.core.files.tests import nasty
from niangjia.core.files.tests.conftest import picture_of
from niangjia.kernel import clock, errors

NASTY = list(nasty.no_photos())
HIDING = list(nasty.photos_with_more())


def take_in(owner: Person, data: bytes, purpose: str = "profile") -> Photo:
    upload = SimpleUploadedFile("photo.jpg", data, "image/jpeg")
    return services.store_photo(owner_id=owner.pk, upload=upload, purpose=purpose, now=NOW)


def shown(photo: Photo, viewer: Person, variant: Any = "full", now: datetime = NOW) -> bytes:
    return services.open_photo(token=token_of(photo, viewer, variant), viewer_id=viewer.pk, now=now)


def token_of(photo: Photo, viewer: Person, variant: Any = "full") -> str:
    return services.photo_url(photo, viewer.pk, variant, NOW).partition("token=")[2]


def stored_bytes() -> bytes:
    return b"".join(path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def test_there_are_a_hundred_nasty_files() -> None:
    assert len(NASTY) + len(HIDING) >= 100


@pytest.mark.parametrize("number", range(len(NASTY)))
def test_what_is_no_photo_is_refused_kindly(number: int) -> None:
    name, data = NASTY[number]
    with pytest.raises(errors.Invalid) as told:
        decode.draw(data, name=name)
    assert told.value.fields
    assert told.value.next_step


@pytest.mark.parametrize("number", range(len(HIDING)))
def test_what_hides_in_a_photo_is_gone(number: int) -> None:
    name, data = HIDING[number]
    drawn = decode.draw(data, name=name)
    for made in drawn.files.values():
        assert made.startswith(b"\xff\xd8")
        assert made.endswith(b"\xff\xd9")
        assert not any(mark in made for mark in nasty.MARKS)


def test_nothing_is_ever_stored_raw_or_readable(make_person: Callable[..., Person]) -> None:
    photo = take_in(make_person(1), picture_of() + nasty.HTML)
    kept = stored_bytes()
    assert not any(mark in kept for mark in (*nasty.MARKS, b"JFIF", b"\xff\xd8\xff"))
    assert photo.owner.legal_name == ""
    place = store.folder("profile", photo.key)
    assert {path.name for path in place.iterdir()} == {"thumb", "full", "blur"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in place.iterdir())


FLOOD = """
import resource, sys
from niangjia.core.files import decode
from niangjia.core.files.tests.conftest import picture_of
from niangjia.kernel.errors import Invalid
decode.draw(picture_of(), name="warm.jpg")  # load the decoders first
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    try:
        decode.draw(open(path, "rb").read(), name="photo")
        print("drawn")
    except Invalid:
        print("refused")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


SIDE, JPEG_SIDE = (4000, 4000), (5470, 5470)  # just what is allowed
LARGE: dict[str, tuple[Callable[[], bytes], str]] = {
    "flood": (lambda: nasty.flood(12_000), "refused"),
    "png": (lambda: picture_of("PNG", SIDE, "RGBA"), "drawn"),
    "palette": (lambda: picture_of("PNG", SIDE, "P"), "drawn"),
    "progressive": (lambda: picture_of("JPEG", JPEG_SIDE, progressive=True, subsampling=0), "drawn"),
    "webp": (lambda: picture_of("WEBP", SIDE, quality=10, method=0), "drawn"),
}


@pytest.mark.parametrize("case", LARGE)
def test_no_file_takes_more_than_200_mb(case: str, tmp_path: Path) -> None:
    """In a process of its own, since memory once taken is not given back."""
    data, word = LARGE[case]
    path = tmp_path / "photo"
    path.write_bytes(data())
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "niangjia.config.settings_test", "NIANGJIA_NO_DATABASE": "1"}
    out = subprocess.run([sys.executable, "-c", FLOOD, str(path)], env=env, capture_output=True, text=True, check=True)
    said, rise = out.stdout.split()
    assert said == word
    assert int(rise) <= 200


def test_every_word_about_a_photo_is_stripped() -> None:
    """EXIF with place and time, XMP, ICC text, comments, thumbnails: nothing of 200 pictures is left."""
    secret = "30.2741N120.1551E-王小兰的手机"
    exif = Image.Exif()
    exif[0x010F], exif[0x010E] = secret, secret
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = f"<x:xmpmeta>{secret}</x:xmpmeta>".encode()
    for number in range(200):
        kind = ("JPEG", "PNG", "WEBP")[number % 3]
        size = (64 + number, 80)
        data = picture_of(kind, size, exif=exif, icc_profile=profile, xmp=xmp)
        assert secret.encode() in data or kind == "PNG"
        for made in decode.draw(data, name="photo").files.values():
            image = Image.open(io.BytesIO(made))
            assert {name for name in image.info if not str(name).startswith("jfif")} <= {"progressive", "progression"}
            assert not image.getexif()
            assert not any(word in made for word in (b"Exif", b"ICC_PROFILE", b"xmp", secret.encode(), b"GPS"))


def test_a_photo_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees to look at it
    drawn = decode.draw(picture_of(size=(400, 200), exif=exif), name="photo.jpg")
    assert (drawn.width, drawn.height) == (200, 400)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L"])
def test_ordinary_kinds_of_png_are_welcome(mode: str) -> None:
    assert decode.draw(picture_of("PNG", mode=mode), name="photo.png").width == 800


def test_a_blur_hides_who_it_is() -> None:
    drawn = decode.draw(picture_of(size=(1200, 1600)), name="photo.jpg")
    blur, thumb = (Image.open(io.BytesIO(drawn.files[variant])) for variant in ("blur", "thumb"))
    assert blur.size == thumb.size
    assert len(drawn.files["blur"]) < len(drawn.files["full"])
    small = blur.resize((decode.BLUR, decode.BLUR)).resize(blur.size, Image.Resampling.BICUBIC)
    left = sum(abs(a - b) for a, b in zip(small.tobytes(), blur.tobytes(), strict=True)) / len(blur.tobytes())
    assert left < 6  # out of 255: nothing finer than fourteen pixels is in it


def test_near_copies_share_their_hash() -> None:
    noise = Image.effect_noise((300, 300), 90).convert("RGB").resize((600, 600), Image.Resampling.BICUBIC)
    one, other = io.BytesIO(), io.BytesIO()
    noise.save(one, "PNG")
    noise.resize((500, 500)).save(other, "JPEG", quality=50)
    first, second = (decode.draw(made.getvalue(), name="photo").dhash for made in (one, other))
    assert (first ^ second).bit_count() <= 4
    assert -(2**63) <= first < 2**63


def test_an_address_works_for_its_viewer_only_and_not_for_long(make_person: Callable[..., Person]) -> None:
    alice, bob, charlie = make_person(1), make_person(2), make_person(3)
    photo = take_in(alice, picture_of())
    assert shown(photo, bob).startswith(b"\xff\xd8")
    tokens = [token_of(photo, bob), token_of(photo, bob, "blur")]
    swapped = tokens[1].partition(".")[0] + "." + tokens[0].partition(".")[2]
    for token, viewer, now in [
        (tokens[0], charlie, NOW),
        (tokens[0], alice, NOW),
        (tokens[0], bob, NOW + services.URL_LIFE),
        (tokens[0] + "0", bob, NOW),
        (swapped, bob, NOW),
        ("", bob, NOW),
        (".", bob, NOW),
        ("é.ü", bob, NOW),
    ]:
        with pytest.raises(errors.Forbidden):
            services.open_photo(token=token, viewer_id=viewer.pk, now=now)
    assert str(bob.pk) not in tokens[0]


def test_a_deleted_photo_is_gone_though_its_address_lives(
    make_person: Callable[..., Person], django_capture_on_commit_callbacks: Any
) -> None:
    alice, bob = make_person(1), make_person(2)
    photo = take_in(alice, picture_of())
    token = token_of(photo, bob)
    with django_capture_on_commit_callbacks(execute=True):
        assert services.delete_photos(owner_id=bob.pk, ids=[photo.pk]) == 0  # not hers
        assert services.delete_photos(owner_id=alice.pk, ids=[photo.pk]) == 1
    assert not store.folder("profile", photo.key).exists()
    with pytest.raises(errors.Forbidden):
        services.open_photo(token=token, viewer_id=bob.pk, now=NOW)


def test_files_that_no_row_knows_are_swept_after_a_day(make_person: Callable[..., Person]) -> None:
    kept, lost = take_in(make_person(1), picture_of()), take_in(make_person(2), picture_of())
    Photo.objects.filter(pk=lost.pk).delete()
    now = clock.now()
    assert services.sweep(now=now) == 0
    services.sweep(now=now + timedelta(days=2))
    assert store.read(kept, "full")
    assert store.read(lost, "full") is None


def test_a_document_photo_nobody_sent_in_is_gone_the_next_day(make_person: Callable[..., Person]) -> None:
    photo = take_in(make_person(1), picture_of(), purpose="identity")
    assert services.delete_due(now=NOW + timedelta(hours=23)) == 0
    assert services.delete_due(now=NOW + timedelta(days=1)) == 1
    assert not Photo.objects.filter(pk=photo.pk).exists()


def upload(phone: Any, data: bytes, name: str = "photo.jpg", purpose: str = "profile") -> Any:
    file = SimpleUploadedFile(name, data, "image/jpeg")
    return phone._answer(phone.client.post("/api/v1/photos", {"file": file, "purpose": purpose}))


def test_a_phone_sends_a_photo_and_sees_it(make_person: Callable[..., Person], api: Callable[..., Any]) -> None:
    phone = api(make_person(1))
    sent = upload(phone, picture_of())
    assert phone.status == 200, sent
    response = phone.client.get(sent["url"])
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("inline")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "no-store"
    assert api(make_person(2)).client.get(sent["url"]).status_code == 403
    assert api().client.get(sent["url"]).status_code == 401


@pytest.mark.parametrize(
    "data", [nasty.HTML, nasty.SVG, b"", b"\0" * 13_000_000], ids=["html", "svg", "empty", "large"]
)
def test_a_phone_is_told_kindly_what_is_wrong(
    make_person: Callable[..., Person], api: Callable[..., Any], data: bytes
) -> None:
    phone = api(make_person(1))
    told = upload(phone, data)
    assert phone.status == 422
    assert told["error"]["fields"]["file"]
    assert told["error"]["next"]
    assert Photo.objects.count() == 0


def test_sixty_photos_an_hour_are_enough(make_person: Callable[..., Person], api: Callable[..., Any]) -> None:
    phone = api(make_person(1))
    for _time in range(60):
        upload(phone, b"no photo")
    upload(phone, picture_of())
    assert phone.status == 429


def test_a_document_shown_to_staff_carries_who_looks_and_its_owner_sees_it_clean(
    make_person: Callable[..., Person],
) -> None:
    owner, officer = make_person(1), make_person(2)
    document, face = take_in(owner, picture_of(), "identity"), take_in(owner, picture_of())
    clean = shown(document, owner)
    token = services.photo_url(document, officer.pk, "full", NOW, epoch=3).partition("token=")[2]
    looks: dict[str, Any] = {"token": token, "viewer_id": officer.pk, "epoch": 3, "now": NOW}
    marked = services.open_photo(**looks, viewer="WangLi")
    assert marked != clean
    assert marked != services.open_photo(**looks, viewer="ChenHao"), "another name is another mark"
    with pytest.raises(errors.Forbidden):  # an address that does not end with their sessions
        shown(document, officer)
    assert shown(face, officer) != shown(face, owner), "marked unseen, see test_leaks"
    before, after = (Image.open(io.BytesIO(data)).convert("L") for data in (clean, marked))
    for left, top in ((0, 0), (400, 0), (0, 300), (400, 300)):  # in every quarter of it
        quarter = (left, top, left + 400, top + 300)
        difference = ImageChops.difference(before.crop(quarter), after.crop(quarter))
        assert max(difference.tobytes()) > 40
