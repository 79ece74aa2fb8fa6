"""A mark over a picture that tells, wherever the picture turns up, who looked at it and when (check G4)."""

import io
import math

from PIL import Image, ImageDraw, ImageFont

ANGLE = 30
STRONG, FAINT = 110, 70  # of 255: read on any ground, and the document stays readable below


def stamp(jpeg: bytes, words: str) -> bytes:
    """The picture with `words` (Latin letters, digits) in slanted rows all over: no crop worth having is without."""
    with Image.open(io.BytesIO(jpeg)) as opened:
        picture = opened.convert("RGB")
    size = max(14, min(picture.size) // 28)
    rows = _rows(math.ceil(math.hypot(*picture.size)), size, words).rotate(ANGLE, Image.Resampling.BILINEAR)
    left, top = (rows.width - picture.width) // 2, (rows.height - picture.height) // 2
    mark = rows.crop((left, top, left + picture.width, top + picture.height))
    picture.paste(mark.convert("RGB"), mask=mark.getchannel("A"))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85, progressive=True)
    return out.getvalue()


def _rows(side: int, size: int, words: str) -> Image.Image:
    """A square of text, light with a dark edge, every other row shifted."""
    sheet = Image.new("RGBA", (side, side))
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(size)
    step = math.ceil(draw.textlength(words, font)) + 3 * size
    for row, y in enumerate(range(0, side, 5 * size)):
        for x in range(-(row % 2) * step // 2, side, step):
            draw.text(
                (x, y),
                words,
                (255, 255, 255, STRONG),
                font,
                stroke_width=max(1, size // 16),
                stroke_fill=(0, 0, 0, FAINT),
            )
    return sheet
