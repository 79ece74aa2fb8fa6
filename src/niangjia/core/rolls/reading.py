"""Reading a table in a process of its own, from the side of the one who asks."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from niangjia.core.rolls.tables import Refused, Row

WALL = 600  # seconds; its own CPU limit is far tighter, this only ends a process that hangs

REFUSALS: dict[str, object] = {
    "too_big": _("The file is too big, or swells when it is opened. Please save only the member table and try again."),
    "too_many_rows": _("The table has too many rows. Please split it."),
    "old_or_locked": _("This is an old .xls file, or one with a password. Please save it as .xlsx without password."),
    "macros": _("The file holds macros. Please save it as .xlsx without them."),
    "entities": _(
        "The file holds XML entities, which a member table never needs. Please save it anew with a spreadsheet."
    ),
    "broken": _("The file is damaged, or no table. Please save it anew as .xlsx or .csv."),
    "no_header": _("We found no header row. The table needs a column 姓名 and a column 身份证号 or 手机号."),
    "no_permission": _("The permission to import here ended before the file was read."),
    "no_rows": _("The table has no rows below its header."),
}


def batches(file: Iterable[bytes]) -> Generator[list[Row], None, None]:
    """Rows below the header, some thousand at a time; raises Refused, or whatever `file` itself raises."""
    process = _start()
    troubles: list[Exception] = []
    feeder = threading.Thread(target=_feed, args=(process, file, troubles), daemon=True)
    alarm = threading.Timer(WALL, process.kill)
    feeder.start()
    alarm.start()
    try:
        yield from _said(process)
        feeder.join()
    finally:
        alarm.cancel()
        process.kill()
        process.wait()
        feeder.join(timeout=5)
        if process.stdout:
            process.stdout.close()
        if troubles:
            raise troubles[0]


def _start() -> "subprocess.Popen[bytes]":
    """No environment goes along: it may hold secrets."""
    kept = {name: os.environ[name] for name in ("PYTHONPATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.Popen(  # our own interpreter and module
        [sys.executable, "-P", "-X", "utf8", "-m", "niangjia.core.rolls.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept,
    )


def _feed(process: "subprocess.Popen[bytes]", file: Iterable[bytes], troubles: list[Exception]) -> None:
    assert process.stdin is not None  # it is a pipe
    try:
        for piece in file:
            process.stdin.write(piece)
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has said what it had to say, or died
    except Exception as error:  # half a file must not be taken for a whole one
        troubles.append(error)
    finally:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()


def _said(process: "subprocess.Popen[bytes]") -> Iterator[list[Row]]:
    assert process.stdout is not None  # it is a pipe
    for line in process.stdout:
        said = json.loads(line)
        if "refused" in said:
            raise Refused(said["refused"])
        if "end" in said:
            return
        yield said["rows"]
    raise Refused("too_big")  # it died of its limits
