"""Pictures made for tests."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """`picture("JPEG", (800, 600), exif=…)`: an image file with something to see in it."""

    def make(kind: str = "JPEG", size: tuple[int, int] = (800, 600), mode: str = "RGB", **options: Any) -> bytes:
        slope = Image.linear_gradient("L").resize(size)
        image = Image.merge("RGB", (slope, slope.rotate(90).resize(size), Image.new("L", size, 90))).convert(mode)
        out = io.BytesIO()
        image.save(out, kind, **options)
        return out.getvalue()

    return make
