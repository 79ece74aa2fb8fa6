"""Alice and Bob have found each other and write; Charlie looks on, Carol handles reports."""

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.chat import sending, sounds
from niangjia.scenes.dating.chat.models import Message
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.services import decisions
from niangjia.scenes.dating.tests.conftest import (
    alice,
    attest,
    bob,
    carol,
    charlie,
    firms,
    now,
    phone,
    single,
)

__all__ = ["alice", "attest", "bob", "carol", "charlie", "firms", "now", "phone", "single"]


@pytest.fixture
def pair(alice: Profile, bob: Profile, now: Any) -> Pair:
    for me, other in ((alice, bob), (bob, alice)):
        decisions.say_yes(person_id=me.person_id, profile_id=other.pk, now=now)
    return Pair.objects.get()


@pytest.fixture
def say(pair: Pair, now: Any) -> Callable[..., Message]:
    """`say(alice, "hello")`."""

    def write(me: Profile, text: str, *, at: Any = None, key: UUID | None = None) -> Message:
        return sending.send_text(
            person_id=me.person_id, pair_id=pair.pk, key=key or new_id(), text=text, sure=False, now=at or now
        )

    return write


def picture(colour: str = "teal") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return SimpleUploadedFile("photo.jpg", out.getvalue(), "image/jpeg")


def recording(seconds: float = 2.0) -> SimpleUploadedFile:
    samples = bytes(range(256)) * int(sounds.RATE * seconds / 256)
    return SimpleUploadedFile("voice.wav", sounds.wav(samples), "audio/wav")


@pytest.fixture
def show(pair: Pair, now: Any) -> Callable[..., Message]:
    """`show(alice)` sends a picture, `show(alice, voice=True)` a voice note."""

    def send(me: Profile, *, voice: bool = False) -> Message:
        how: Any = sending.send_voice if voice else sending.send_picture
        upload = recording() if voice else picture()
        row: Message = how(person_id=me.person_id, pair_id=pair.pk, key=new_id(), upload=upload, now=now)
        return row

    return send
