"""`python -m benchmarks.web`: browse, yes, reads and sign-in over HTTP, beside the same server's empty endpoint.

The city is loaded once into var/bench-<people> and used again by later runs; `--people 1000000` shows that browse stays
flat.
"""

import argparse
import itertools
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.installation import machine, scratch, serving
from benchmarks.load import Request, Result, Source, closed_loop, request
from benchmarks.table import table

API = "/api/v1/"
SEED = 7
WARM = 3.0


@dataclass(frozen=True)
class Row:
    name: str
    clients: int
    result: Result

    def cells(self, empty: Result) -> list[str]:
        bad = sum(n for status, n in self.result.statuses.items() if status >= 400)
        return [
            self.name,
            str(self.clients),
            f"{self.result.rate:,.0f}",
            f"{self.result.ms(50):.1f}",
            f"{self.result.ms(99):.1f}",
            f"{self.result.ms(50) / empty.ms(50):.1f} ×",
            str(bad),
        ]

    def figures(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "clients": self.clients,
            "per_second": round(self.result.rate, 1),
            "p50_ms": round(self.result.ms(50), 2),
            "p99_ms": round(self.result.ms(99), 2),
            "statuses": dict(self.result.statuses),
        }


def endless(make: Callable[[], Request]) -> Source:
    return lambda: make()


def once_each(requests: list[Request]) -> Source:
    rest = iter(requests)
    return lambda: next(rest, None)


def post(path: str, token: str, **body: Any) -> Request:
    return request("POST", API + path, token=token, body=json.dumps(body, default=str).encode())


def run(port: int, seconds: float) -> Iterator[Row]:
    """Every row of the table; the first two are the empty endpoint, alone and crowded."""
    from benchmarks.web import city  # noqa: PLC0415  # models exist only inside scratch()
    from benchmarks.web.filters import six_filters  # noqa: PLC0415  # as above

    rng = random.Random(SEED)
    members = city.members(2000, seed=SEED)
    turn = itertools.cycle(members)

    def reads(path: str) -> Source:
        return endless(lambda: request("GET", API + path, token=next(turn).token))

    def browse() -> Request:
        return post("dating/browse", next(turn).token, **six_filters(rng))

    strangers = iter(city.strangers_to(members, 60_000, seed=SEED))

    def yes() -> Request | None:
        member, other = next(strangers, (None, None))
        return post("dating/yes", member.token, id=other) if member else None

    def open_one() -> Request:
        member, other = next(strangers)
        return post("dating/open", member.token, id=other)

    closed_loop(port, reads("ping"), seconds=WARM)
    for clients in (1, 16):
        yield Row(
            "empty endpoint (GET ping)", clients, closed_loop(port, reads("ping"), clients=clients, seconds=seconds)
        )
    for clients in (1, 16):
        city.forget_the_day()
        closed_loop(port, endless(browse), clients=16, seconds=2 * WARM)  # every connection of the server, not only one
        yield Row("browse, six filters", clients, closed_loop(port, endless(browse), clients=clients, seconds=seconds))
    for path, name in (("me", "typical JSON read (GET me)"), ("dating/profile", "own profile"), ("inbox", "inbox")):
        yield Row(name, 16, closed_loop(port, reads(path), clients=16, seconds=seconds))
    yield Row("profile page (POST open)", 16, closed_loop(port, endless(open_one), clients=16, seconds=seconds))
    yield Row("saying yes", 16, closed_loop(port, yes, clients=16, seconds=seconds))
    yield Row("sign-in code check", 16, closed_loop(port, once_each(sign_ins(4000)), clients=16, seconds=seconds))


def sign_ins(count: int) -> list[Request]:
    """Each from a phone and an address of its own."""
    from benchmarks.web import city  # noqa: PLC0415  # models exist only inside scratch()

    return [
        request(
            "POST",
            API + "sign-in/verify",
            body=json.dumps({"phone": phone, "code": city.CODE, "challenge": str(challenge)}).encode(),
            headers={"X-Forwarded-For": f"10.{at >> 16 & 255}.{at >> 8 & 255}.{at & 255}"},
        )
        for at, (phone, challenge) in enumerate(city.codes_sent(count))
    ]


def database_times(rounds: int) -> list[float]:
    """Milliseconds that the database took for each of `rounds` browses, measured at the driver."""
    from django.db import connection  # noqa: PLC0415  # settings exist only inside scratch()

    from benchmarks.web import city  # noqa: PLC0415  # as above
    from benchmarks.web.filters import six_filters  # noqa: PLC0415  # as above
    from niangjia.kernel import clock  # noqa: PLC0415  # as above
    from niangjia.scenes.dating.api.people import Search  # noqa: PLC0415  # as above
    from niangjia.scenes.dating.selectors.people import browse, seeker  # noqa: PLC0415  # as above

    spent = 0.0

    def timed(execute: Any, *call: Any) -> Any:
        nonlocal spent
        begun = time.perf_counter()
        try:
            return execute(*call)
        finally:
            spent += time.perf_counter() - begun

    rng, times = random.Random(SEED), []
    members = city.members(200, seed=SEED + 1)
    with connection.execute_wrapper(timed):
        for at in range(rounds + 50):
            me, spent = seeker(members[at % len(members)].person, clock.now()), 0.0
            browse(me, Search(**six_filters(rng)).filters(), None, clock.now())
            times.append(spent * 1000)
    return times[50:]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000, help="profiles that can be seen, about")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures = _city(options.people, options.seconds)
    print(machine())
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))
    return 0


def _city(people: int, seconds: float) -> dict[str, Any]:
    import numpy as np  # noqa: PLC0415  # only for percentiles

    registered = int(people * 1.7)
    with scratch(keep=Path("var") / f"bench-{people}", environment={"NIANGJIA_PROXIES": "1"}):
        from benchmarks.web import city  # noqa: PLC0415  # models exist only inside scratch()

        city.load(registered)
        shown = city.visible()
        database = database_times(1000)
        p50, p99 = float(np.percentile(database, 50)), float(np.percentile(database, 99))
        with serving() as port:
            rows = list(run(port, seconds))
    alone, crowded = rows[0].result, rows[1].result
    lines = [row.cells(alone if row.clients == 1 else crowded) for row in rows]
    head = ("over HTTP", "clients", "a second", "p50 ms", "p99 ms", "p50 / empty", "errors")
    print(table(f"{shown:,} profiles that can be seen", head, lines))
    print(f"database time of a browse: p50 {p50:.1f} ms, p99 {p99:.1f} ms\n")
    return {
        "profiles": shown,
        "browse_db_p50_ms": p50,
        "browse_db_p99_ms": p99,
        "rows": [row.figures() for row in rows],
    }


if __name__ == "__main__":
    sys.exit(main())
