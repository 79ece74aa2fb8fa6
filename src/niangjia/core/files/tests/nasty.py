"""Files that somebody may send to hurt us, made here and now (checks C1 and C2)."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image

from niangjia.core.files.tests.conftest import picture_of

HTML = b"<html><body><script>alert(document.cookie)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF"
MARKS = (b"<script", b"alert(", b"%PDF", b"PK\x03\x04", b"<?php", b"onload=", b"MZ\x90")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, rows: bytes, *, depth: int = 8, colour: int = 2) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def flood(side: int) -> bytes:
    """A small file of many pixels, all of them there."""
    packer = zlib.compressobj(9)
    line = b"\0" * (side * 3 + 1)
    return png(side, side, b"".join(packer.compress(line) for _row in range(side)) + packer.flush())


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.html", HTML)
    return out.getvalue()


def moving(kind: str, frames: int = 300) -> bytes:
    out = io.BytesIO()
    pictures = [Image.new("RGB", (64, 64), (n % 255, n // 255 * 90, 60)) for n in range(frames)]
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:])
    return out.getvalue()


def no_photos() -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of what must be refused."""
    jpeg = picture_of()
    starts = (b"", b"\0" * 100, b"\xff\xd8\xff", b"GIF89a/*", b"MZ\x90\0", b"RIFF\0\0\0\0WEBP")
    for data in (HTML, SVG, PDF, zipped(), *starts):
        for name in ("photo.jpg", "photo.png", "photo.webp", "photo"):
            yield name, data
    for kind in ("GIF", "BMP", "TIFF", "PPM", "ICO", "TGA", "PCX", "DDS"):
        yield "photo.jpg", picture_of(kind, (64, 64))
    for ending in ("html", "svg", "php", "jpg.exe", "jsp", "gif", "pdf", "jpg.js"):
        yield f"photo.{ending}", jpeg
    for name in ("\u202egpj.exe.jpg", "a\u2066b.jpg", "a\0.jpg", "a\x07.jpg", "x" * 300 + ".jpg"):
        yield name, jpeg
    for whole in (jpeg, picture_of("PNG"), picture_of("WEBP")):
        for cut in (10, 100, 1_000, len(whole) // 2):
            yield "photo", whole[:cut]
    yield "photo.webp", moving("WEBP")
    yield "photo.png", moving("PNG", 20)
    yield "photo.jpg", picture_of(mode="CMYK")
    yield "photo.png", picture_of("PNG", (64, 64), mode="I;16")
    yield "photo.png", png(64, 64, zlib.compress(b"\0" * 64 * (64 * 6 + 1)), depth=16)
    yield "photo.png", png(64, 64, zlib.compress(b"\0"))
    yield "photo.png", png(30_000, 30_000, zlib.compress(b"\0"))
    yield "photo.png", png(2_147_483_647, 1, zlib.compress(b"\0"))
    yield "photo.png", picture_of("PNG", (4, 4))
    yield "photo.jpg", jpeg + b"\0" * 20_000_000


def photos_with_more() -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of real pictures that hide something: taken in, and rid of it."""
    for kind, ending in (("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")):
        for extra in (HTML, SVG, PDF, zipped(), b"<?php system($_GET[0]); ?>", b"MZ\x90" + HTML):
            yield f"photo.{ending}", picture_of(kind) + extra
            yield f"photo.{'png' if ending == 'jpg' else 'jpg'}", picture_of(kind) + extra
    yield "photo.jpg", picture_of(comment=HTML)
    yield "photo.jpg", picture_of(exif=_exif(HTML.decode()))
    whole = picture_of("PNG", (64, 64))
    yield "photo.png", whole[:33] + chunk(b"tEXt", b"Comment\0" + HTML) + whole[33:]
    yield "<script>alert(1).jpg", picture_of()
    yield "../../../etc/passwd.jpg", picture_of()
    yield "照片 '\";--.jpg", picture_of()


def _exif(text: str) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = text
    return exif
