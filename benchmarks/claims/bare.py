"""The engine's own statement straight at the database: the limit that a server around it can at best approach.

`python -m benchmarks.claims.bare` is one process of it: it is told what to do on standard input, says when it is ready,
begins at a word, and answers with what came of each claim.
"""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID, uuid4

import psycopg

from benchmarks.claims.rush import Rush

PROCESSES = 2  # as many as the server has
Claim = tuple[str, str | None, float]  # person, the pool of their place, seconds


def straight(name: str, slot_id: UUID, people: Sequence[UUID], *, clients: int) -> Rush:
    """Everybody asks once, over as many connections as the rush has clients."""
    from django.db import connection  # noqa: PLC0415  # settings exist only inside scratch()

    from niangjia.engines.allocation import statements  # noqa: PLC0415  # as above

    task = {
        "address": psycopg.conninfo.make_conninfo(**_login(connection.settings_dict)),
        "sql": statements._CLAIM,
        "slot": str(slot_id),
        "clients": clients // PROCESSES,
    }
    shares = [[str(person) for person in people[start::PROCESSES]] for start in range(PROCESSES)]
    workers = [_start({**task, "people": share}) for share in shares]
    begun = time.perf_counter()
    for worker in workers:
        _say(worker, "go\n")
    claims = [claim for worker in workers for claim in json.loads(_hear(worker))]
    return _rush(name, clients, time.perf_counter() - begun, claims)


def _login(settings: Any) -> dict[str, str]:
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return {name: settings[key] for name, key in names.items() if settings[key]}


def _start(task: dict[str, Any]) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.claims.bare"]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    _say(worker, json.dumps(task) + "\n")
    _hear(worker)
    return worker


def _say(worker: "subprocess.Popen[str]", text: str) -> None:
    assert worker.stdin
    worker.stdin.write(text)
    worker.stdin.flush()


def _hear(worker: "subprocess.Popen[str]") -> str:
    assert worker.stdout
    return worker.stdout.readline()


def _rush(name: str, clients: int, seconds: float, claims: Sequence[Claim]) -> Rush:
    return Rush(
        name,
        clients,
        seconds,
        won=[spent for _, pool, spent in claims if pool is not None],
        full=[spent for _, pool, spent in claims if pool is None],
        acknowledged=[UUID(person) for person, pool, _ in claims if pool is not None],
    )


def main() -> None:
    task = json.loads(sys.stdin.readline())
    connections = [psycopg.connect(task["address"], autocommit=True) for _ in range(task["clients"])]
    for one in connections:  # planned before the rush, as on a server that has been up for a while
        one.execute(task["sql"], _arguments(str(uuid4()), str(uuid4())), prepare=True, binary=True)
    claims: list[Claim] = []
    rest = iter(task["people"])
    threads = [threading.Thread(target=_claim_all, args=(one, task, rest, claims)) for one in connections]
    print("ready", flush=True)
    sys.stdin.readline()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps(claims), flush=True)


def _claim_all(one: "psycopg.Connection[Any]", task: dict[str, Any], rest: Iterator[str], claims: list[Claim]) -> None:
    cursor = one.cursor()
    for person in rest:  # one at a time: the interpreter's lock guards the iterator
        begun = time.perf_counter()
        cursor.execute(task["sql"], _arguments(task["slot"], person), prepare=True, binary=True)
        row = cursor.fetchone()
        claims.append((person, row[-1] if row else None, time.perf_counter() - begun))


def _arguments(slot: str, person: str) -> dict[str, Any]:
    return {
        "slot": UUID(slot),
        "person": UUID(person),
        "people": [UUID(person)],
        "ids": [uuid4()],
        "keys": [],
        "priority": False,
        "request_key": uuid4(),
        "mark": b"\0" * 16,
        "state": "booked",
        "hold_for": None,
        "now": None,
    }


if __name__ == "__main__":
    main()
