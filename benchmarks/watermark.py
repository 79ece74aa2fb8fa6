"""`python -m benchmarks.watermark [FOLDER]`: is a leaked photo traced to the one it was shown to? (check G4, ADR 13)

Without a folder of real photos: two photographs that come with scikit-learn, and portraits and scenes of the demo.
Every picture is shown to one viewer of a hundred thousand, then spoilt: who is named? And who is named for a picture
that was shown to none of them?
"""

import argparse
import io
import os
import random
import statistics
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import django
import numpy as np
from PIL import Image

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings")
os.environ.setdefault("NIANGJIA_NO_DATABASE", "1")
django.setup()

from benchmarks.table import table  # noqa: E402  # after set-up, as all that follows
from niangjia.core.files import decode  # noqa: E402
from niangjia.core.files.hidden import hide  # noqa: E402
from niangjia.core.files.tracing import soft_signs, who  # noqa: E402
from niangjia.demo.avatars import portrait, scene  # noqa: E402
from niangjia.operations.leaks import SHOWN  # noqa: E402

VIEWERS = 100_000
Spoil = Callable[[Image.Image, random.Random], Image.Image]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, nargs="?", help="real photos; without it samples and demo pictures")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    viewers = [uuid.UUID(int=chance.getrandbits(128)) for _one in range(VIEWERS)]
    _tell(*_measure(list(_pictures(given.folder)), viewers, chance))


def again(image: Image.Image, quality: int) -> Image.Image:
    """As it comes back from being saved as a JPEG."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    with Image.open(out) as opened:
        return opened.convert("RGB")


def cut(image: Image.Image, chance: random.Random) -> Image.Image:
    """Half to four fifths of each side, anywhere."""
    width, height = (int(side * chance.uniform(0.5, 0.8)) for side in image.size)
    left, top = chance.randint(0, image.width - width), chance.randint(0, image.height - height)
    return again(image.crop((left, top, left + width, top + height)), 85)


def smaller(image: Image.Image, chance: random.Random) -> Image.Image:
    scale = chance.uniform(0.4, 0.75)
    size = (round(image.width * scale), round(image.height * scale))
    return again(image.resize(size, Image.Resampling.LANCZOS), 85)


def screenshot(image: Image.Image, chance: random.Random) -> Image.Image:
    """On a dark ground with bars above and below, at another scale."""
    width = round(image.width * chance.uniform(0.6, 0.9))
    photo = image.resize((width, round(image.height * width / image.width)), Image.Resampling.BICUBIC)
    ground = Image.new("RGB", (photo.width + 40, round(photo.height * 1.4)), (24, 22, 20))
    ground.paste((240, 236, 230), (0, 0, ground.width, photo.height // 12))
    ground.paste(photo, (20, round(photo.height * 0.2)))
    return again(ground, 80)


SPOILT: dict[str, Spoil] = {
    "as it is": lambda image, _chance: image,
    "JPEG q50": lambda image, _chance: again(image, 50),
    "cut": cut,
    "resized": smaller,
    "mirrored, q70": lambda image, _chance: again(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT), 70),
    "screenshot": screenshot,
    "cut, resized, q50": lambda image, chance: again(smaller(cut(image, chance), chance), 50),
}


def _pictures(folder: Path | None) -> Iterator[bytes]:
    if folder:
        yield from (path.read_bytes() for path in sorted(folder.iterdir()))
        return
    from sklearn.datasets import load_sample_images  # noqa: PLC0415  # a tool of developers

    for pixels in load_sample_images().images:
        yield _bytes(Image.fromarray(pixels))
    yield from (
        portrait(seed=n, sex="fm"[n % 2], age=25 + n, outfit=("shirt", "knit", "tee", "suit")[n]) for n in range(4)
    )
    yield from (scene(seed=n, kind=kind) for n, kind in enumerate(("mountain", "cat")))


def _bytes(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


Found = dict[tuple[str, str], list[str]]
Cost = dict[str, list[tuple[float, float, float]]]


def _measure(pictures: list[bytes], viewers: list[uuid.UUID], chance: random.Random) -> tuple[Found, Cost]:
    found: Found = defaultdict(list)
    cost: Cost = defaultdict(list)
    for data in pictures:
        drawn = decode.draw(data, name="photo")
        for variant in SHOWN:
            clean, viewer = drawn.files[variant], chance.choice(viewers)
            began = time.perf_counter()
            marked = hide(clean, salt=drawn.dhash, viewer_id=viewer, digits="4107" if variant == "full" else "")
            took = (time.perf_counter() - began) * 1000
            ours, shown = _open(clean), _open(hide(clean, salt=drawn.dhash, viewer_id=viewer))
            cost[variant].append((took, _codec(clean), _psnr(ours, shown)))
            for name, spoil in SPOILT.items():
                found[variant, name].append(_verdict(ours, spoil(_open(marked), chance), drawn.dhash, viewers, viewer))
            found[variant, "never shown"].append(_verdict(ours, again(ours, 70), drawn.dhash, viewers, None))
    return found, cost


def _verdict(
    ours: Image.Image, leaked: Image.Image, salt: int, viewers: list[uuid.UUID], viewer: uuid.UUID | None
) -> str:
    signs = soft_signs(ours, leaked, salt)
    named = [one.viewer_id for one in who(signs, viewers)] if signs is not None else []
    return "nobody" if not named else "right" if named == [viewer] else "wrong"


def _open(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as opened:
        return opened.convert("RGB")


def _codec(data: bytes) -> float:
    """Milliseconds to open and save a JPEG, which no mark can do without."""
    began = time.perf_counter()
    with Image.open(io.BytesIO(data)) as opened:
        opened.draft("YCbCr", opened.size)
        opened.save(io.BytesIO(), "JPEG", quality=85)
    return (time.perf_counter() - began) * 1000


def _psnr(one: Image.Image, other: Image.Image) -> float:
    apart = np.asarray(one, np.float64) - np.asarray(other, np.float64)
    return float(10 * np.log10(255**2 / max((apart**2).mean(), 1e-9)))


def _tell(found: Found, cost: Cost) -> None:
    rows = [
        (variant, name, len(said), *(f"{100 * said.count(word) / len(said):.1f} %" for word in ("right", "wrong")))
        for (variant, name), said in found.items()
    ]
    print(table(f"Traced among {VIEWERS:,} viewers", ("shown as", "then", "pictures", "traced", "wrong"), rows))
    costs = []
    for variant, all_of in cost.items():
        took, codec, psnr = zip(*all_of, strict=True)
        middle = statistics.median(took)
        costs.append(
            (
                variant,
                f"{middle:.1f}",
                f"{statistics.median(codec):.1f}",
                f"{statistics.median(psnr):.1f}",
                f"{min(psnr):.1f}",
            )
        )
    print(table("Cost", ("shown as", "ms (median)", "of it codec", "PSNR dB (median)", "PSNR dB (least)"), costs))


if __name__ == "__main__":
    main()
