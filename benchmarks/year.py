"""`python -m benchmarks.year`: a year of 983 activities and 103,986 participants: loading it, counting it, reading it.

The city is loaded once into var/bench-year and used again. Every page is asked for by one client, beside the same
server's empty endpoint.
"""

import argparse
import itertools
import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.installation import machine, scratch, serving
from benchmarks.load import Request, Result, closed_loop, request
from benchmarks.table import table

PEOPLE = 30_000
SEED = 7
CSRF = "c" * 32
Pages = Iterator[tuple[str, list[Request]]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--times", type=int, default=60, help="how often each page is asked for")
    parser.add_argument("--var", type=Path, default=Path("var") / "bench-year")
    options = parser.parse_args()
    with scratch(keep=options.var):
        print(_loading(options.people))
        print(_counting())
        with serving() as port:
            print(_reading(port, options.times))
    print(machine())
    return 0


def _loading(people: int) -> str:
    from niangjia.core.accounts.models import Person  # noqa: PLC0415  # models exist only inside scratch()
    from niangjia.demo.seed import load_city  # noqa: PLC0415  # as above

    there, begun = Person.objects.exists(), time.perf_counter()
    load_city(people=people)
    return f"\ncity of {people:,} " + ("was there" if there else f"loaded in {time.perf_counter() - begun:.0f} s")


def _counting() -> str:
    """All the weeks of a year, from nothing."""
    from niangjia.engines.metrics import services  # noqa: PLC0415  # models exist only inside scratch()
    from niangjia.engines.metrics.models import Counted, Observation  # noqa: PLC0415  # as above
    from niangjia.kernel import clock  # noqa: PLC0415  # as above

    Counted.objects.all().delete()
    Observation.objects.all().delete()
    begun = time.perf_counter()
    rows = services.observe_weeks(weeks=52, now=clock.now())
    return f"52 weeks counted in {time.perf_counter() - begun:.1f} s: {rows:,} figures\n"


def _reading(port: int, times: int) -> str:
    from benchmarks.web import city  # noqa: PLC0415  # models exist only inside scratch()

    ping, lines = request("GET", "/api/v1/ping", token=city.members(1, seed=SEED)[0].token), []
    closed_loop(port, lambda: ping, clients=4, seconds=2)
    empty = _asked(port, [ping], times * 5)
    lines.append(_line("empty endpoint (GET ping)", empty, empty))
    for name, requests in itertools.chain(_phone(), _staff()):
        _asked(port, requests, 6)
        lines.append(_line(name, _asked(port, requests, times), empty))
    return table("pages of the year, one client", ("over HTTP", "p50 ms", "p95 ms", "p50 / empty", "errors"), lines)


def _asked(port: int, requests: Sequence[Request], times: int) -> Result:
    turn = itertools.islice(itertools.cycle(requests), times)
    return closed_loop(port, lambda: next(turn, None), clients=1)


def _line(name: str, result: Result, empty: Result) -> list[str]:
    bad = sum(count for status, count in result.statuses.items() if status >= 300)
    times = f"{result.ms(50) / empty.ms(50):.1f} ×"
    return [name, f"{result.ms(50):.1f}", f"{result.ms(95):.1f}", times, str(bad)]


def _phone() -> Pages:
    """What members open: those who went out in the year, one after the other."""
    from benchmarks.web import city  # noqa: PLC0415  # models exist only inside scratch()
    from niangjia.scenes.activities.models import Activity  # noqa: PLC0415  # as above

    tokens = [member.token for member in city.members(40, seed=SEED)]
    past, ahead = (
        list(Activity.objects.filter(**when).order_by("-starts_at").values_list("pk", flat=True)[:30])
        for when in (
            {"ends_at__lt": datetime.now(UTC), "state": "published"},
            {"ends_at__gt": datetime.now(UTC), "state": "published"},
        )
    )
    yield "phone: what is on", [_find(token, order="soon") for token in tokens]
    yield "phone: what is on, for me", [_find(token, order="for_me") for token in tokens]
    yield "phone: what is near", [_find(token, order="near", lat=30.27, lon=120.15) for token in tokens]
    for name, keys in (("ahead", ahead), ("over", past)):
        paths = [f"/api/v1/activities/one?activity={key}" for key in keys]
        yield (
            f"phone: one activity, {name}",
            [request("GET", path, token=token) for path, token in zip(paths, itertools.cycle(tokens), strict=False)],
        )
    yield "phone: my activities", [request("GET", "/api/v1/activities/mine", token=token) for token in tokens]


def _find(token: str, **wish: object) -> Request:
    return request("POST", "/api/v1/activities/find", token=token, body=json.dumps(wish).encode())


def _staff() -> Pages:
    """What the city's officer opens."""
    from niangjia.engines.allocation.models import Pool  # noqa: PLC0415  # models exist only inside scratch()
    from niangjia.scenes.activities.models import Activity  # noqa: PLC0415  # as above

    cookie = _signed_in()
    largest = list(Pool.objects.order_by("-taken").values_list("slot", flat=True)[:10])
    keys = list(Activity.objects.filter(slot__in=largest).values_list("pk", flat=True))

    def get(path: str, **query: object) -> Request:
        return request("GET", f"{path}?{urlencode(query)}", headers={"Cookie": cookie})

    yield "desk: activities, ahead", [get("/console/activities")]
    yield "desk: activities, over", [get("/console/activities", which="past")]
    yield "desk: one activity (the largest ten)", [get("/console/activities/one", key=key) for key in keys]
    yield "desk: how it fills, live", [get("/console/activities/live", key=key) for key in keys]
    yield "desk: list of names (the largest ten)", [_names(cookie, key) for key in keys]
    yield "desk: figures by year", [get("/console/activities/figures")]
    for period in ("week", "month", "year"):
        yield f"cockpit: {period}", [get("/cockpit/", period=period)]
    yield "cockpit: the wall", [get("/cockpit/screen", period="year")]


def _names(cookie: str, key: object) -> Request:
    """Opening the list is recorded for each person on it."""
    body = urlencode({"key": key, "csrfmiddlewaretoken": CSRF}).encode()
    head = (
        "POST /console/activities/people HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _signed_in() -> str:
    from niangjia.core.access.models import RoleGrant  # noqa: PLC0415  # models exist only inside scratch()
    from niangjia.core.accounts import services  # noqa: PLC0415  # as above
    from niangjia.core.accounts.sessions import FACTOR, SEEN, SessionStore  # noqa: PLC0415  # as above

    now = datetime.now(UTC)
    session = SessionStore()
    services._begin(session, RoleGrant.objects.filter(role="city_admin").order_by("granted_at")[0].person, now=now)
    session[FACTOR] = session[SEEN] = now.timestamp()
    session.save()
    return f"session={session.session_key}; csrftoken={CSRF}"


if __name__ == "__main__":
    sys.exit(main())
