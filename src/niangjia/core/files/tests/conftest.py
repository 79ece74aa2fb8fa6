"""Pictures made for tests."""

import io
from typing import Any

from PIL import Image


def picture_of(kind: str = "JPEG", size: tuple[int, int] = (800, 600), mode: str = "RGB", **options: Any) -> bytes:
    """An image file with something to see in it."""
    slope = Image.linear_gradient("L").resize(size)
    image = Image.merge("RGB", (slope, slope.transpose(Image.Transpose.FLIP_LEFT_RIGHT), Image.new("L", size, 90)))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()
