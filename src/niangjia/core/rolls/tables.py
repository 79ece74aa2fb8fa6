"""Tables out of files that anybody may have made. Runs in a process of its own, with little memory and time (check C4).

A spreadsheet is a zip of XML. Before a parser sees it, it is rewritten: only the parts that hold cells, each inflated
under one common bound, none with a document type (no entities: no XXE, no billion laughs). Macros are refused; what
points outside is left behind.
"""

import codecs
import csv
import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook

from niangjia.core.rolls.headers import COLUMNS, recognise

FILE_LIMIT = 64 * 2**20
INFLATED_LIMIT = 384 * 2**20
PARTS_LIMIT = 500
DIRECTORY_LIMIT = 2**20
ROWS_LIMIT = 600_000
WIDTH_LIMIT = 200
CELL_LIMIT = 200
HEADER_WITHIN = 15  # rows: titles and remarks stand above it

Row = tuple[int, list[str]]  # number as a spreadsheet shows it, cells
_USELESS = re.compile(
    r"(^|/)(media|drawings|charts|theme|externalLinks|customXml|printerSettings|embeddings|comments\d*\.xml|docProps)"
)
_CHUNK = 2**18


class Refused(Exception):
    """The file as a whole cannot be taken; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def members(data: bytes) -> Iterator[Row]:
    """Every row below the header, its cells in the order of COLUMNS ("" where the table lacks one)."""
    if len(data) > FILE_LIMIT:
        raise Refused("too_big")
    if data[:4] == b"PK\x03\x04":
        return _below_header(lambda: _spreadsheet(data))
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Refused("old_or_locked")
    return _text(data)


def _below_header(rows: Callable[[], Iterator[Row]]) -> Iterator[Row]:
    """The header is looked for near the top, then everything below it is handed on."""
    reader = rows()
    for number, cells in reader:
        if number > HEADER_WITHIN:
            break
        places = recognise(cells)
        if places:
            return _ordered(reader, [places.get(column, -1) for column in COLUMNS])
    raise Refused("no_header")


def _ordered(reader: Iterator[Row], places: list[int]) -> Iterator[Row]:
    for count, (number, cells) in enumerate(reader):
        if count >= ROWS_LIMIT:
            raise Refused("too_many_rows")
        row = [cells[at].strip()[:CELL_LIMIT] if 0 <= at < len(cells) else "" for at in places]
        if any(row):
            yield number, row


# Spreadsheets


def _spreadsheet(data: bytes) -> Iterator[Row]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(rewritten(data)))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.start is not None:
                return _cells(sheet.iter_rows(), sheet.start[0] + 1)
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise Refused("broken") from error
    raise Refused("no_header")


def _cells(rows: Iterator[Sequence[object]], first: int) -> Iterator[Row]:
    for number, row in enumerate(rows, start=first):
        yield number, [_as_text(cell) for cell in row[:WIDTH_LIMIT]]


def _as_text(cell: object) -> str:
    """As the person who typed it would write it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def rewritten(data: bytes) -> bytes:
    """The same spreadsheet with nothing in it that could hurt a parser; raises Refused for what tries to."""
    _check_directory(data)
    clean = io.BytesIO()
    left = INFLATED_LIMIT
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for part in _parts(source):
            with source.open(part) as inflated, target.open(part.filename, "w") as out:
                left = _copy(inflated, out, left)
    return clean.getvalue()


def _check_directory(data: bytes) -> None:
    """The end record tells how many parts there are, before anything is unpacked."""
    end = data.rfind(b"PK\x05\x06", -65_557)
    if end < 0 or len(data) < end + 22:
        raise Refused("broken")
    entries, size = struct.unpack_from("<HI", data, end + 10)
    if data[end - 20 : end - 16] == b"PK\x06\x07" or entries > PARTS_LIMIT or size > DIRECTORY_LIMIT:
        raise Refused("too_big")


def _parts(source: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    seen = set()
    for part in source.infolist():
        name = part.filename
        if "vbaProject" in name or name.startswith("xl/macrosheets"):
            raise Refused("macros")
        if part.flag_bits & 1 or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or name in seen:
            raise Refused("broken")
        seen.add(name)
        if name.endswith((".xml", ".rels")) and ".." not in name and not _USELESS.search(name):
            yield part


def _copy(inflated: IO[bytes], out: IO[bytes], left: int) -> int:
    """Hand over one part piece by piece; returns how much may still be inflated."""
    tail = b""
    while piece := inflated.read(_CHUNK):
        left -= len(piece)
        if left < 0:
            raise Refused("too_big")
        if (not tail and b"\x00" in piece[:4]) or piece[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise Refused("broken")  # XML in UTF-16 would hide what we look for
        seam = tail + piece
        if b"<!DOCTYPE" in seam or b"<!ENTITY" in seam:
            raise Refused("entities")
        tail = piece[-16:]
        out.write(piece)
    return left


# Text


def _text(data: bytes) -> Iterator[Row]:
    """Strictly decoded where one of the usual encodings fits; else as far as it can be read, row by row."""
    for errors in ("strict", "replace"):
        for encoding in _encodings(data):
            if errors == "strict" and not _decodes(data, encoding):
                continue
            for delimiter in ",\t;|，":
                try:
                    return _below_header(lambda: _records(data, encoding, errors, delimiter))  # noqa: B023  # called at once
                except Refused:
                    continue
    raise Refused("no_header")


def _encodings(data: bytes) -> tuple[str, ...]:
    head = data[:4_000]
    if head.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if b"\x00" in head:
        return ("utf-16-le", "utf-16-be")
    return ("utf-8", "gb18030")


def _decodes(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for at in range(0, len(data), _CHUNK):
            decoder.decode(data[at : at + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _records(data: bytes, encoding: str, errors: str, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(10_000)
    lines = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors=errors, newline="")
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter), start=1):
            yield number, cells[:WIDTH_LIMIT]
    except csv.Error as error:
        raise Refused("broken") from error
