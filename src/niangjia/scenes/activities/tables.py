"""Lists as files. No cell of them can become a formula (check C5)."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook

from niangjia.kernel.cells import harmless

Line = Sequence[str]


def as_csv(lines: Iterable[Line]) -> bytes:
    """With a mark at the start by which Excel knows that this is UTF-8."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(_safe(lines))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(title: str, lines: Iterable[Line]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(char for char in title if char not in "[]:*?/\\")[:31] or "1")
    for line in _safe(lines):
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _safe(lines: Iterable[Line]) -> Iterator[list[str]]:
    return ([harmless(cell) for cell in line] for line in lines)
