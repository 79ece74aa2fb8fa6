"""`python -m benchmarks.claims`: the rush for places through HTTP, beside the bare statement and pretix; a lottery.

A rush is as many people as `--people` for `--places`; "all succeed" has a place for everybody. `oversold` and `lost`
(places acknowledged but not in the database) are counted afterwards and must be 0. pretix is installed on the first run
(some minutes); `--no-pretix` leaves it out.
"""

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.claims import pretix
from benchmarks.claims.bare import straight
from benchmarks.claims.rush import Rush, ms, through_http
from benchmarks.installation import machine, scratch, serving
from benchmarks.table import table

SCRIPT = Path("docs/lottery/recompute.py")
HEAD = ("way", "clients", "a second", "p50 ms", "p99 ms", "full: p99 ms", "places", "oversold", "lost", "errors")
WARM = 400


@dataclass(frozen=True)
class Row:
    rush: Rush
    oversold: int
    lost: int | None

    def cells(self) -> list[str]:
        rush = self.rush
        every = [*rush.won, *rush.full]
        return [
            rush.name,
            str(rush.clients),
            f"{rush.rate:,.0f}" if rush.rate >= 100 else f"{rush.rate:.1f}",
            f"{ms(every, 50):.1f}",
            f"{ms(every, 99):.1f}",
            f"{ms(rush.full, 99):.1f}" if rush.full else "–",
            f"{len(rush.won):,}",
            str(self.oversold),
            "–" if self.lost is None else str(self.lost),
            str(len(rush.other)),
        ]

    def figures(self) -> dict[str, Any]:
        return dict(zip(HEAD, self.cells(), strict=True))


def ours(options: argparse.Namespace) -> Iterator[Row]:
    """Through HTTP and straight, a rush and one in which all succeed."""
    from benchmarks.claims import town  # noqa: PLC0415  # models exist only inside scratch()

    def row(rush: Rush, slot_id: UUID) -> Row:
        books = town.books(slot_id, rush.acknowledged)
        return Row(rush, books.oversold + books.twice, books.lost)

    members = town.members(options.people)
    people = [person for person, _ in members]
    with serving() as port:
        warming = town.activity(WARM)
        through_http("warm", port, warming.pk, members[: 2 * WARM], clients=options.clients)
        for name, places, count in kinds(options):
            offered = town.activity(places)
            rush = through_http(f"{name}, HTTP", port, offered.pk, members[:count], clients=options.clients)
            yield row(rush, _slot(offered))
    for name, places, count in kinds(options):
        offered = town.activity(places)
        yield row(
            straight(f"{name}, bare SQL", _slot(offered), people[:count], clients=options.clients), _slot(offered)
        )


def kinds(options: argparse.Namespace) -> tuple[tuple[str, int, int], ...]:
    """Name, places, people."""
    return (("rush", options.places, options.people), ("all succeed", options.people // 4, options.people // 4))


def _slot(offered: Any) -> UUID:
    slot_id: UUID = offered.slot_id
    return slot_id


def peers(options: argparse.Namespace, settings: dict[str, Any]) -> Iterator[Row]:
    with pretix.running(settings) as peer:
        peer.rush("warm", places=50, orders=50, clients=options.clients, seconds=20)
        kind = "redis, celery" if peer.has_redis else "no redis here"
        for name, places in (("all succeed", 100_000), ("rush, sold out", 50)):
            rush, there = peer.rush(
                f"{name}, pretix ({kind})", places=places, orders=2000, clients=options.clients, seconds=20
            )
            yield Row(rush, max(0, there - places), max(0, len(rush.won) - there))


def lottery(entrants: int, places: int) -> list[str]:
    """Seconds of a draw (winners seated, list published), of lining up the others, and of the independent script."""
    from benchmarks.claims import town  # noqa: PLC0415  # models exist only inside scratch()
    from niangjia.engines.allocation import selectors, services  # noqa: PLC0415  # as above
    from niangjia.engines.allocation.services import drawing  # noqa: PLC0415  # as above
    from niangjia.engines.allocation.types import SlotPlan  # noqa: PLC0415  # as above
    from niangjia.kernel import clock  # noqa: PLC0415  # as above

    now = clock.now()
    plan = SlotPlan(
        way="lottery",
        starts_at=now + 900 * town.DAY,
        ends_at=now + 901 * town.DAY,
        opens_at=now - town.DAY,
        closes_at=now + town.DAY,
        capacity=places,
    )
    slot = services.create_slot(resource=services.create_resource(scene="bench"), plan=plan, now=now)
    town.entrants(slot.pk, entrants)
    begun = time.perf_counter()
    drawing._draw(slot.pk, slot.closes_at)
    drawn = time.perf_counter() - begun
    drawing.line_up(slot_id=slot.pk, now=slot.closes_at)
    lined_up = time.perf_counter() - begun - drawn
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(selectors.published_draw(slot.pk), file)
        file.flush()
        begun = time.perf_counter()
        said = subprocess.run([sys.executable, str(SCRIPT), file.name], capture_output=True, text=True, check=True)
    return [f"{drawn:.1f}", f"{lined_up:.1f}", f"{time.perf_counter() - begun:.1f}", said.stdout.strip()]


def ratios(rows: Sequence[Row]) -> str:
    """What was aimed at: 40 × pretix, 0.4 × the bare statement, and a quick no."""
    rates = {row.rush.name.split(" (")[0]: row.rush.rate for row in rows}
    lines = [
        f"HTTP / bare SQL: rush {rates['rush, HTTP'] / rates['rush, bare SQL']:.2f},"
        f" all succeed {rates['all succeed, HTTP'] / rates['all succeed, bare SQL']:.2f}  (aim: 0.4)"
    ]
    if "all succeed, pretix" in rates:
        lines.append(
            f"HTTP / pretix: all succeed {rates['all succeed, HTTP'] / rates['all succeed, pretix']:.0f} ×,"
            f" sold out {rates['rush, HTTP'] / rates['rush, sold out, pretix']:.0f} ×  (aim: 40)"
        )
    return "\n".join(lines)


def told(rows: Iterator[Row]) -> list[Row]:
    """Each is told as soon as it is known: the whole takes minutes."""
    kept = []
    for row in rows:
        print(" · ".join(f"{name} {cell}" for name, cell in row.figures().items()), flush=True)
        kept.append(row)
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--places", type=int, default=1_000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--entrants", type=int, default=100_000)
    parser.add_argument("--no-pretix", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # told to stop, it stops its servers too
    with scratch(keep=Path("var") / "bench-claims", environment={"NIANGJIA_PROXIES": "1"}):
        from django.db import connection  # noqa: PLC0415  # settings exist only inside scratch()

        rows = told(ours(options))
        draw = lottery(options.entrants, 1_100)
        print("lottery:", *draw, flush=True)
        if not options.no_pretix:
            rows += told(peers(options, connection.settings_dict))
    print(table(f"{options.people:,} people, {options.places:,} places", HEAD, [row.cells() for row in rows]))
    print(ratios(rows))
    print(
        table(
            f"A lottery of {options.entrants:,} for 1,100 places",
            ("drawn s", "others lined up s", "recomputed s", "verdict"),
            [draw],
        )
    )
    print(machine())
    if options.json:
        options.json.write_text(json.dumps({"rows": [row.figures() for row in rows], "lottery": draw}, indent=1))
    wronged = sum(row.oversold + (row.lost or 0) for row in rows)
    return 1 if wronged else 0


if __name__ == "__main__":
    sys.exit(main())
