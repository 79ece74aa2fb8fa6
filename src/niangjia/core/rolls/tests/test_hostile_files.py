"""Files made to hurt: refused with a reason, within 300 MB, nobody else harmed (check C4)."""

import io
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from niangjia.core.rolls import reading
from niangjia.core.rolls.child import MEMORY
from niangjia.core.rolls.models import Import, RollEntry, StagedRow, State
from niangjia.core.rolls.tests.conftest import a_row, as_csv, as_xlsx

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
GOOD = as_xlsx([a_row(1)])


def with_part(name: str, content: bytes, *, level: int = 9, into: bytes = GOOD) -> bytes:
    """A good spreadsheet with one part put in or replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(into)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as target,
    ):
        for part in source.namelist():
            if part != name:
                target.writestr(part, source.read(part))
        target.writestr(name, content)
    return out.getvalue()


def ten_gigabytes() -> bytes:
    """One part that inflates to 10 GB: a block of spaces that deflate can repeat as it stands."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * 16 * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    body, name = block * 640, SHEET.encode()
    sizes = struct.pack("<III", 0, len(body), 0xFFFF_FFF0)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", len(name), 0) + name
    central = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
    central += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local) + len(body), 0)
    return local + body + central + end


def a_million_parts() -> bytes:
    entry = b"PK\x01\x02" + bytes(42)
    return (
        b"PK\x03\x04"
        + entry * 1_000_000
        + b"PK\x05\x06"
        + struct.pack("<HHHHIIH", 0, 0, 65_535, 65_535, 46_000_000, 4, 0)
    )


def few_parts_it_says() -> bytes:
    """A million parts behind an end record that tells of one."""
    entry = b"PK\x01\x02" + bytes(42)
    return b"PK\x03\x04" + entry * 1_000_000 + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, 46_000_000, 4, 0)


def one_huge_string_everywhere() -> bytes:
    """5 MB of text, used by 200,000 cells: a terabyte, were each to have its copy."""
    cells = b'<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>' * 100_000
    text = f"{HEAD}<sst {SPREADSHEET}><si><t>{'A' * 5_000_000}</t></si></sst>".encode()
    sheet = f"{HEAD}<worksheet {SPREADSHEET}><sheetData>".encode() + cells + b"</sheetData></worksheet>"
    return with_part(SHEET, sheet, into=with_part(STRINGS, text))


def many_strings() -> bytes:
    return with_part(
        STRINGS, f"{HEAD}<sst {SPREADSHEET}>".encode() + b"<si><t>a</t></si>" * 20_000_000 + b"</sst>", level=1
    )


def a_cell_far_away() -> bytes:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return with_part(SHEET, f"{HEAD}<worksheet {SPREADSHEET}><sheetData>{rows}</sheetData></worksheet>".encode())


def entities(declared: str, used: str) -> Callable[[], bytes]:
    text = f"{HEAD}<!DOCTYPE sst [{declared}]><sst {SPREADSHEET}><si><t>{used}</t></si></sst>"
    return lambda: with_part(STRINGS, text.encode())


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)

HOSTILE: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "ten gigabytes in one part": (ten_gigabytes, {"too_big"}),
    "a million parts": (a_million_parts, {"too_big"}),
    "a million parts, hidden": (few_parts_it_says, {"too_big"}),
    "one huge string everywhere": (one_huge_string_everywhere, {"too_big", "no_header"}),
    "twenty million strings": (many_strings, {"too_big"}),
    "a cell far away": (a_cell_far_away, {"too_big"}),
    "a file of this machine": (entities('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), {"entities"}),
    "billion laughs": (entities(LAUGHS, "&j;"), {"entities"}),
    "the same in UTF-16": (lambda: with_part(STRINGS, f"<!DOCTYPE sst [{LAUGHS}]><sst/>".encode("utf-16")), {"broken"}),
    "macros": (lambda: with_part("xl/vbaProject.bin", b"x"), {"macros"}),
    "an old .xls, or a locked one": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000), {"old_or_locked"}),
    "half a spreadsheet": (lambda: GOOD[: len(GOOD) // 2], {"broken"}),
    "a spreadsheet of noise": (lambda: with_part(SHEET, bytes(range(256)) * 100), {"broken", "no_header"}),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, {"no_header"}),
    "one line without end": (lambda: b"a" * 60_000_000, {"no_header", "broken"}),
    "a quote that never closes": (lambda: as_csv([a_row(1)]).encode() + b'"' + b"x,\n" * 100_000, {"broken"}),
    "more than may come": (lambda: b"a," * 40_000_000, {"too_big"}),
    "nothing": (lambda: b"", {"no_header"}),
}


WATCHED = """
import sys
from niangjia.core.rolls.child import main
main()
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")), file=sys.stderr)
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_a_reason_and_within_its_memory(name: str) -> None:
    """A process that was stopped by its limit is known not to have gone over it."""
    make, expected = HOSTILE[name]
    told = subprocess.run([sys.executable, "-c", WATCHED], input=make(), capture_output=True, check=False)
    codes = [code for code in reading.REFUSALS if f'"refused": "{code}"' in told.stdout.decode()]
    assert (codes or ["too_big"])[0] in expected
    assert codes or told.returncode != 0
    assert told.returncode != 0 or int(told.stderr) * 1024 <= MEMORY


@pytest.mark.parametrize("name", ["../../../etc/cron.d/x.xml", "/etc/passwd.xml", "xl/externalLinks/externalLink1.xml"])
def test_parts_that_point_outside_are_left_behind(name: str, preview: Callable[..., Import]) -> None:
    found = preview(with_part(name, b"<x/>"))
    assert found.counts["new"] == 1


@pytest.mark.parametrize("name", ["ten gigabytes in one part", "a cell far away", "billion laughs"])
def test_a_refused_file_says_why_and_leaves_nothing(name: str, preview: Callable[..., Import]) -> None:
    make, expected = HOSTILE[name]
    found = preview(make())
    assert found.state == State.REFUSED
    assert found.why in expected
    assert not StagedRow.objects.exists()
    assert not RollEntry.objects.exists()


def test_every_refusal_has_words_for_people() -> None:
    assert set().union(*(codes for _, codes in HOSTILE.values())) <= reading.REFUSALS.keys()


def test_the_reading_process_gets_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://canary")
    process = reading._start()
    try:
        seen = Path(f"/proc/{process.pid}/environ").read_bytes()
    finally:
        process.kill()
        process.communicate()
    assert b"canary" not in seen
