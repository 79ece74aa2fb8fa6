"""A member roll of 200,000 rows: `python -m benchmarks.roll_import [ROWS]`.

Prints time and peak memory of preview, apply and undo, from xlsx and from csv, beside what one would write first:
openpyxl and bulk_create, over a tenth of the rows and told per row, without preview, comparison or undo.
Memory is the peak of our process and its reading process together, CPU both their seconds; without PostgreSQL's.
"""

import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psutil

from benchmarks.installation import machine, scratch
from benchmarks.table import table

FIRMS = 2_000
HEADER = ["姓名", "身份证号码", "手机号码", "单位名称", "统一社会信用代码", "入会日期"]


def rows(count: int, *, seed: int = 7) -> Iterator[list[str]]:
    from stdnum.cn import ric  # noqa: PLC0415  # only the process that writes the tables needs it

    dice, codes = random.Random(seed), [credit_code(at) for at in range(FIRMS)]
    for at in range(count):
        born = date(1966, 1, 1) + timedelta(days=at // 1000 * 61 % 14_000)  # each number once
        number = f"330106{born:%Y%m%d}{at % 1000:03}"
        name = (
            dice.choice("王李张刘陈杨赵黄周吴")
            + dice.choice("伟芳娜敏静丽强磊军洋")
            + dice.choice("勇艳杰娟涛明超秀霞平")
        )
        joined = f"{dice.randint(2005, 2025)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        firm = at % FIRMS
        yield [name, number + ric.calc_check_digit(number + "0"), f"13{at:09}", f"第{firm}茶厂", codes[firm], joined]


def credit_code(at: int) -> str:
    from stdnum.cn import uscc  # noqa: PLC0415  # as above

    base = f"91330106{at:09}"
    return base + str(uscc.calc_check_digit(base))


def write(path: Path, count: int) -> None:
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="gb18030") as file:
            csv.writer(file).writerows([HEADER, *rows(count)])
        return
    from openpyxl import Workbook  # noqa: PLC0415  # as above

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [HEADER, *rows(count)]:
        sheet.append(row)
    book.save(path)


def plant_firms() -> None:
    from niangjia.core.orgs.models import Employer, Org  # noqa: PLC0415  # models exist only inside scratch()
    from niangjia.kernel import clock  # noqa: PLC0415  # as above

    org = Org.objects.add_root({"name": "杭州市总工会", "level": "city", "region": "330100"})
    Employer.objects.bulk_create(
        Employer(uscc=credit_code(at), name=f"第{at}茶厂", district="330106", org=org, created_at=clock.now())
        for at in range(FIRMS)
    )


def ours(path: Path) -> dict[str, float]:
    """Seconds of each step, and what it counted."""
    from niangjia.core.access.types import Actor, Grant  # noqa: PLC0415  # models exist only inside scratch()
    from niangjia.core.orgs.models import Org  # noqa: PLC0415  # as above
    from niangjia.core.rolls import services  # noqa: PLC0415  # as above
    from niangjia.kernel import clock  # noqa: PLC0415  # as above

    org = Org.objects.get(region="330100")
    actor = Actor(grants=(Grant("bench", org.pk, org.path, frozenset({"rolls.import"})),))
    times, begin = {}, time.perf_counter()
    with path.open("rb") as file:
        found = services.preview(
            file=iter(lambda: file.read(2**20), b""), file_name=path.name, org_id=org.pk, actor=actor, now=clock.now()
        )
    times["preview"] = time.perf_counter() - begin
    assert found.counts["bad"] == 0, found.counts
    for step in (services.apply, services.undo):
        begin = time.perf_counter()
        step(import_id=found.pk, actor=actor, now=clock.now())
        times[step.__name__] = time.perf_counter() - begin
    return {**times, "rows": found.counts["new"]}


def plain(path: Path) -> dict[str, float]:
    """What one would write first: every row an object, every object saved; same checks, same ciphers."""
    from openpyxl import load_workbook  # noqa: PLC0415  # models exist only inside scratch()

    from niangjia.core.crypto import blind_index  # noqa: PLC0415  # as above
    from niangjia.core.orgs.models import Employer, Org  # noqa: PLC0415  # as above
    from niangjia.core.rolls.models import Import, RollEntry  # noqa: PLC0415  # as above
    from niangjia.core.rolls.parsing import member  # noqa: PLC0415  # as above
    from niangjia.kernel import china, clock  # noqa: PLC0415  # as above

    begin, now = time.perf_counter(), clock.now()
    found = Import.objects.create(org=Org.objects.get(region="330100"), file_name="plain", made_at=now, touched_at=now)
    firms = dict(Employer.objects.values_list("uscc", "pk"))
    sheet: Any = load_workbook(path, read_only=True).active
    made = []
    for row in sheet.iter_rows(min_row=2, values_only=True):
        read = member([*row, ""], today=clock.today(now))
        by_id = blind_index(read.id_number, purpose="id_number")
        entry = RollEntry(employer_id=firms[china.parse_uscc(row[4])], key=by_id, id_index=by_id, begun=found)
        entry.legal_name, entry.joined_on = read.legal_name, read.joined_on
        entry.name_index = blind_index(china.name_key(read.legal_name), purpose="name")
        entry.phone_index = blind_index(read.phone, purpose="phone")
        made.append(entry)
    RollEntry.objects.bulk_create(made, batch_size=2_000)
    seconds = time.perf_counter() - begin
    RollEntry.objects.filter(begun=found)._raw_delete("default")
    return {"apply": seconds, "rows": len(made)}


def measured(kind: str, path: Path, var: Path) -> dict[str, float]:
    """The same in a process of its own, so that its peak of memory is its own."""
    command = [sys.executable, "-m", "benchmarks.roll_import", "--one", kind, str(path)]
    told = subprocess.run(
        command, env={**os.environ, "NIANGJIA_VAR": str(var)}, stdout=subprocess.PIPE, text=True, check=True
    )
    return {name: float(value) for name, value in (part.split("=") for part in told.stdout.split())}


def one(kind: str, path: Path) -> None:
    with scratch(keep=Path(os.environ["NIANGJIA_VAR"])), watched() as peak:
        told = (ours if kind == "ours" else plain)(path)
        cpu = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(" ".join(f"{name}={value}" for name, value in {**told, "memory": max(peak) / 2**20, "cpu": cpu}.items()))


@contextmanager
def watched() -> Iterator[list[int]]:
    """Memory of this process and its children, added up, fifty times a second."""
    me, seen, over = psutil.Process(), [0], threading.Event()

    def look() -> None:
        while not over.wait(0.02):
            total = me.memory_info().rss
            for child in me.children():
                with suppress(psutil.Error):
                    total += child.memory_info().rss
            seen.append(total)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def line(title: str, told: dict[str, float]) -> list[str]:
    total = sum(told.get(step, 0) for step in ("preview", "apply"))
    steps = [f"{told[step]:.1f} s" if step in told else "" for step in ("preview", "apply", "undo")]
    ends = [f"{total / told['rows'] * 1e6:.0f} µs", f"{told['cpu']:.1f} s", f"{told['memory']:.0f} MB"]
    return [title, f"{told['rows']:,.0f}", *steps, *ends]


def main(count: int) -> None:
    before = machine()
    with tempfile.TemporaryDirectory() as folder, scratch() as var:
        from niangjia.cli import share_database  # noqa: PLC0415  # settings exist only inside scratch()

        share_database()
        plant_firms()
        files = {"xlsx": count, "csv": count, "small.xlsx": count // 10}
        paths = {name: Path(folder) / f"roll.{name}" for name in files}
        for name, path in paths.items():
            write(path, files[name])
        lines = [
            line("ours, xlsx", measured("ours", paths["xlsx"], var)),
            line("ours, csv in GB18030", measured("ours", paths["csv"], var)),
            line("openpyxl + bulk_create", measured("plain", paths["small.xlsx"], var)),
        ]
    head = ["", "rows", "preview", "apply", "undo", "a row, in force", "CPU", "memory"]
    print(table(f"Member roll import ({before})", head, lines))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
