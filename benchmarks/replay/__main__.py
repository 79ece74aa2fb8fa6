"""`python -m benchmarks.replay FILE`: real people of real evenings say yes and no again, through our HTTP API.

Everybody becomes a verified member (set up in the database), then, as a client would: writes their profile, and at each
table says what they said. Afterwards everybody asks for their pairs; these are compared with the file's `match`, one by
one.
"""

import argparse
import json
import sys
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from benchmarks.installation import scratch, serving
from benchmarks.replay.evenings import Evenings, Guest, Meeting, read
from benchmarks.table import table

CLIENTS = 8
UNKNOWN_AGE = 26  # of those who did not write it down


class Phone:
    """One guest's app. Connections are shared by the threads that carry the phones."""

    _local = threading.local()

    def __init__(self, port: int, token: str) -> None:
        self.base, self.headers = f"http://127.0.0.1:{port}/api/v1/", {"Authorization": f"Bearer {token}"}

    def post(self, path: str, **body: Any) -> Any:
        return self._answer(self._http().post(self.base + path, json=body, headers=self.headers))

    def get(self, path: str) -> Any:
        return self._answer(self._http().get(self.base + path, headers=self.headers))

    def _http(self) -> httpx.Client:
        if not hasattr(self._local, "client"):
            self._local.client = httpx.Client(timeout=30)
        client: httpx.Client = self._local.client
        return client

    @staticmethod
    def _answer(response: httpx.Response) -> Any:
        if response.is_error:
            raise RuntimeError(f"{response.request.url.path}: {response.status_code} {response.text[:300]}")
        return response.json()


def profile(guest: Guest) -> dict[str, Any]:
    """What the guest writes about themselves, as far as the file knows it."""
    words = sorted(guest.weights, key=lambda word: -guest.weights[word])
    return {
        "nickname": f"Guest {guest.number}"[:20],
        "about": f"Studies {guest.study or 'something'}; wants to become {guest.career or 'happy'}."[:200],
        "wish_text": f"Most of all: {', '.join(words[:3])}." if words else "",
        "hobbies": guest.likes[:12],
    }


def each(work: Callable[[Any], Any], items: Iterable[Any]) -> float:
    """Do it for all, several at a time; seconds it took."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(work, items))
    return time.perf_counter() - begun


def replay(evenings: Evenings, phones: dict[str, Phone]) -> tuple[dict[str, str], list[tuple[str, float]]]:
    """Everybody writes a profile and says what they said; (profile ids, seconds of each part)."""
    cards: dict[str, str] = {}

    def write(guest: Guest) -> None:
        phone = phones[guest.number]
        phone.post("consents", purpose="profile_public_to_verified", given=True)
        phone.post("dating/profile", **profile(guest))

    def say(said: tuple[str, str, bool]) -> None:
        chooser, chosen, yes = said
        phones[chooser].post("dating/yes" if yes else "dating/pass", id=cards[chosen])

    writing = each(write, evenings.guests.values())
    cards.update(table_cards(evenings))
    saying = each(say, said_in_order(evenings.meetings.values()))
    return cards, [("write profiles", writing), ("say yes or no", saying)]


def said_in_order(meetings: Iterable[Meeting]) -> list[tuple[str, str, bool]]:
    """Both sides of each table, one after the other, as in the room."""
    both = [((m.her, m.him, m.she_said), (m.him, m.her, m.he_said)) for m in meetings]
    return [said for pair in both for said in pair]


def table_cards(evenings: Evenings) -> dict[str, str]:
    """The ids of everybody's profile: what an organiser's table cards would show."""
    from benchmarks.replay.members import profile_ids  # noqa: PLC0415  # models exist only inside scratch()

    return profile_ids(evenings.guests)


def found_pairs(cards: dict[str, str], phones: dict[str, Phone]) -> set[frozenset[str]]:
    """What everybody's own list of pairs says, each pair as both see it."""
    owner = {card: number for number, card in cards.items()}
    seen = [
        (number, owner[pair["other"]["id"]])
        for number in phones
        for pair in phones[number].get("dating/pairs")["items"]
    ]
    pairs = {frozenset(both) for both in seen}
    one_sided = [pair for pair in pairs if sum(set(both) == pair for both in seen) != 2]
    if one_sided:
        raise RuntimeError(f"only one of the two sees: {one_sided[:3]}")
    return pairs


def report(evenings: Evenings, found: set[frozenset[str]], parts: list[tuple[str, float]]) -> dict[str, Any]:
    expected = {frozenset((m.her, m.him)) for m in evenings.meetings.values() if m.matched}
    return {
        "evenings": len({guest.wave for guest in evenings.guests.values()}),
        "people": len(evenings.guests),
        "decisions": 2 * len(evenings.meetings),
        "matches in the file": len(expected),
        "mutual pairs found": len(found),
        "missing": len(expected - found),
        "too many": len(found - expected),
        **{f"seconds to {name}": round(seconds, 1) for name, seconds in parts},
        "decisions a second": round(2 * len(evenings.meetings) / dict(parts)["say yes or no"]),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    evenings = read(options.file)
    with scratch():
        from benchmarks.replay.members import make_members  # noqa: PLC0415  # models exist only inside scratch()

        tokens = make_members(evenings.guests.values(), unknown_age=UNKNOWN_AGE)
        with serving() as port:
            phones = {number: Phone(port, token) for number, token in tokens.items()}
            cards, parts = replay(evenings, phones)
            figures = report(evenings, found_pairs(cards, phones), parts)
    print(table(f"Replay of {options.file.name}", ("", "figure"), list(figures.items())))
    equal = figures["missing"] == figures["too many"] == 0
    print("pair by pair equal" if equal else "NOT EQUAL")
    if options.json:
        options.json.write_text(json.dumps({**figures, "equal": equal}, indent=1))
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
