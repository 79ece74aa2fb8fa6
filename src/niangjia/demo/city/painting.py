"""Pictures drawn by two processes. Django is not set up in them, so nothing here may need a model."""

import io
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

from PIL import Image, ImageDraw

from niangjia.core.files import decode
from niangjia.demo.avatars import portrait, scene, scene_kinds

PROCESSES = 2
_VIEWS = 8  # of each scene
_FEW = 60  # people: below this a second process is not worth its start


@dataclass(frozen=True)
class Sitter:
    """What a painter must know of somebody."""

    row: int
    seed: int
    sex: str
    age: int
    outfit: str
    hobbies: tuple[str, ...]
    count: int
    id_number: str = ""  # for the papers of somebody who waits at a desk


def paint_all(sitters: list[Sitter]) -> Iterator[list[decode.Drawn]]:
    """The pictures of each, in the same order."""
    if len(sitters) < _FEW:
        yield from map(paint, sitters)
        return
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as painters:
        yield from painters.map(paint, sitters, chunksize=8)


def paint(sitter: Sitter) -> list[decode.Drawn]:
    """All pictures of one person in every variant."""
    first = portrait(seed=sitter.seed, sex=sitter.sex, age=sitter.age, outfit=sitter.outfit)
    if sitter.id_number:
        return [decode.draw(_paper(first, sitter.id_number), name="")]
    kinds = scene_kinds(seed=sitter.seed, hobbies=sitter.hobbies, count=sitter.count - 1)
    return [decode.draw(first, name=""), *(_scene(kind, sitter.seed % _VIEWS) for kind in kinds)]


@cache
def _scene(kind: str, view: int) -> decode.Drawn:
    """Many have stood on the same mountain."""
    return decode.draw(scene(seed=view, kind=kind), name="")


def _paper(portrait_: bytes, number: str) -> bytes:
    """A card that nobody could take for a real one, with a face and a number to compare."""
    sheet = Image.new("RGB", (856, 540), "#dfeaf3")
    draw = ImageDraw.Draw(sheet)
    for line, width in enumerate((220, 300, 360, 420, 380)):
        draw.rounded_rectangle((60, 60 + line * 70, 60 + width, 84 + line * 70), 8, fill="#b9cbd9")
    sheet.paste(Image.open(io.BytesIO(portrait_)).resize((255, 340)), (545, 50))
    draw.text((60, 440), number, fill="#25323c", font_size=46)
    draw.text((640, 470), "DEMO", fill="#b93a1e", font_size=40)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=90)
    return out.getvalue()
