"""Conversations as the files hold them."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from niangjia.scenes.dating.scam.kernels.risk import Said

HERE = Path(__file__).parent
TURN = re.compile(r"(!?)([ab])(?:\+(\d+))?: ?(.*)")
REAL = "benign_real"
UNSEEN = "unseen"  # files of this name are for one measurement of the product's own model, and for no learning
COURTING = "CP"  # what a line does, by its letter in `grades.txt`
APART = 3  # minutes between two turns where a file names none


@dataclass(frozen=True)
class Turn:
    who: str
    text: str
    at: timedelta


@dataclass(frozen=True)
class Conversation:
    """`first_money` is the turn in which one side first asks for money, or None."""

    key: str
    scam: bool
    style: str
    turns: tuple[Turn, ...]
    scammer: str | None
    first_money: int | None
    file: str = "dev"

    def upto(self, index: int) -> list[Said]:
        """What had been said with turn `index`, as its author's words are weighed."""
        who = self.turns[index].who
        return [Said(turn.who == who, turn.text, turn.at) for turn in self.turns[: index + 1]]


def dev() -> list[Conversation]:
    """The conversations that the rules were made on."""
    folder = HERE / "dev"
    whole = [*_blocks(folder / "scam.txt", scam=True), *_blocks(folder / "benign.txt", scam=False)]
    return [
        *whole,
        *_one_side(folder / "scam_short.txt", scam=True),
        *_one_side(folder / "benign_short.txt", scam=False),
    ]


def _one_side(path: Path, *, scam: bool) -> Iterator[Conversation]:
    """One conversation in a line: what one side said, between slashes; after `!` the first request for money."""
    for number, row in enumerate(path.read_text("utf-8").splitlines()):
        style, _bar, said = row.rpartition("|")
        before, _mark, request = said.partition("!")
        texts = [*before.split("/"), *filter(None, [request])]
        turns = tuple(Turn("a", text, timedelta(minutes=2 * APART * at)) for at, text in enumerate(texts))
        first = len(turns) - 1 if scam else None
        yield Conversation(f"{path.stem}-{number}", scam, style or "benign", turns, "a" if scam else None, first)


def _blocks(path: Path, *, scam: bool) -> Iterator[Conversation]:
    for number, block in enumerate(path.read_text("utf-8").split("# ")[1:]):
        head, *rows = block.strip("\n").split("\n")
        turns: list[Turn] = []
        first, at = None, 0
        for row in rows:
            found = TURN.fullmatch(row.strip())
            assert found, f"{path.name}, {head}: {row}"
            at += int(found[3] or APART) if turns else 0
            first = len(turns) if found[1] else first
            turns.append(Turn(found[2], found[4], timedelta(minutes=at)))
        style = head.split()[-1] if scam else "benign"
        yield Conversation(f"{path.stem}-{number}", scam, style, tuple(turns), "a" if scam else None, first)


def test_set(folder: Path) -> list[Conversation]:
    """The conversations that others wrote. Their minutes count from the turn before, unless they only ever grow."""
    rows = [{**json.loads(line), "file": path.stem} for path in sorted(folder.glob("*.jsonl")) for line in _lines(path)]
    growing = all(_grows(row) for row in rows)
    return [_conversation(row, growing) for row in rows]


def everyone(folder: Path) -> list[Conversation]:
    """What was written to learn from, ours and others'."""
    return [*dev(), *(one for one in test_set(folder) if not one.file.startswith(UNSEEN))]


def grades() -> dict[str, dict[int, int]]:
    """How telling readers found each line of a swindler, by its turn: 1 a little, 2 clearly, 3 without doubt."""
    rows = (row.split() for row in (HERE / "conversations" / "grades.txt").read_text("utf-8").splitlines())
    return {key: dict(map(_grade, found)) for key, *found in rows}


def _grade(mark: str) -> tuple[int, int]:
    """`15=2H`: turn 15, clearly telling, a hook. Warm words and a shown life are nothing: honest suitors write them."""
    turn, _is, found = mark.partition("=")
    grade, does = int(found[0]), found[1]
    return int(turn), grade if does not in COURTING or grade == 3 else 0


def real(folder: Path) -> list[Conversation]:
    """People's real conversations, where `benchmarks.scam.real` has put them."""
    path = folder / "var" / "benign_real.jsonl.gz"
    if not path.is_file():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [_conversation({**json.loads(line), "file": REAL}, growing=False) for line in file]


def learned_from(one: Conversation) -> bool:
    """Half of the real ones, by a hash of their id: the other half is only ever judged."""
    return hashlib.sha256(one.key.encode()).digest()[-1] % 2 == 0


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]


def _grows(row: dict) -> bool:  # type: ignore[type-arg]  # as json gives it
    minutes = [int(turn.get("after_minutes") or 0) for turn in row["turns"]]
    return minutes == sorted(minutes)


def _conversation(row: dict, growing: bool) -> Conversation:  # type: ignore[type-arg]  # as json gives it
    turns, at = [], 0
    for turn in row["turns"]:
        minutes = int(turn.get("after_minutes") or 0)
        at = minutes if growing else at + minutes
        turns.append(Turn(turn["who"], turn["text"], timedelta(minutes=at)))
    scam = row["kind"] == "scam"
    first = row.get("first_money")
    style = row.get("style") or "-" if scam else row["file"]  # honest ones have a style each: that would name them
    return Conversation(row["id"], scam, style, tuple(turns), row.get("scammer"), first, row["file"])
