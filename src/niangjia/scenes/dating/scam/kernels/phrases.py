"""What is heard in the lines of one side, and what each of it says: weights learned on written conversations.

Runs of two or three syllables, what a line is about (`topics`), which topics meet in one line, and which follow another
that came up before. A clue says something of the whole story, and something of the one line it is in. The weights lie
beside this file as text that anybody can read (`phrases.tsv`, written by `python -m benchmarks.scam.learn`); a sum of
them is the whole model.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import combinations
from typing import Final, NamedTuple

from niangjia.scenes.dating.scam.kernels.sounds import syllables
from niangjia.scenes.dating.scam.kernels.topics import Topics, topics

SHORTEST: Final = 2  # one syllable is too many words at once
LONGEST: Final = 3
TAIL: Final = 60  # letters of what was written at one go that are read together
BEGINS: Final = ""  # the points every conversation begins with
WRITTEN: Final = "="  # what a point of the signals counts beside the phrases
ALONE: Final = "!"  # before a clue: what it says of its line, by itself
THEIRS: Final = "<"  # before a clue of the other side: how people answer a swindler tells of one too
TOPIC, MEET, THEN = "@", "+", ">"  # "@job" is a topic, "@job+@money" two in one line, "@job>@money" one after the other


@dataclass(frozen=True)
class Spoken:
    """A line as it is meant. `on`: it goes on from the line before, so a word may be cut between them."""

    text: str
    on: bool = False


def clues(lines: Iterable[Spoken]) -> Iterator[set[str]]:
    """For each line what is heard in it for the first time."""
    seen, before, tail, known = set[str](), _Before(), "", set[str]()
    for line in lines:
        tail = (tail + line.text)[-TAIL:] if line.on else line.text
        said = _said(tail)
        about = topics(said)
        names = _names(about)
        later = names - known | _names(topics(_said(line.text))) if line.on else names
        fresh = {*phrases(said), *_of(about, sorted(names)), *before.then(sorted(later))} - seen
        seen |= fresh
        known = names
        yield fresh


def _said(text: str) -> list[str]:
    """Without marks: they are put between letters as a disguise."""
    return [one for one in syllables(text) if one]


def _names(about: Sequence[Topics]) -> set[str]:
    return {topic for each in about for topic in each}


def phrases(said: Sequence[str]) -> Iterator[str]:
    """Every run of two or three syllables."""
    for size in range(SHORTEST, LONGEST + 1):
        for at in range(len(said) - size + 1):
            yield " ".join(said[at : at + size])


def _of(about: Sequence[Topics], names: Sequence[str]) -> Iterator[str]:
    """Topics of a line, any two of them, and neighbours in their order."""
    yield from (TOPIC + name for name in names)
    yield from (f"{TOPIC}{one}{MEET}{other}" for one, other in combinations(names, 2))
    for far in (1, 2):
        for first, second in zip(about, about[far:], strict=False):
            yield from (f"{TOPIC}{one} {other}" for one in first for other in second)


class _Before:
    """Topics of the lines before, and for each topic how many of them it has met already."""

    def __init__(self) -> None:
        self._order: dict[str, None] = {}
        self._met: dict[str, int] = {}

    def then(self, names: Sequence[str]) -> list[str]:
        earlier = list(self._order)
        found = [f"{TOPIC}{one}{THEN}{name}" for name in names for one in earlier[self._met.get(name, 0) :]]
        self._met.update(dict.fromkeys(names, len(earlier)))
        self._order.update(dict.fromkeys(names))
        return found


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Points of each clue, of the story and `ALONE`; beside them `BEGINS` and `WRITTEN`."""
    table = files(__package__).joinpath("phrases.tsv")
    rows = (row.split("\t") for row in table.read_text("utf-8").splitlines() if row)
    return {clue: float(points) for clue, points in rows}


class Says(NamedTuple):
    """Points of one line: with the answers to it, without them, and how telling it is by itself."""

    both: float
    mine: float
    alone: float


def says(fresh: Iterable[str], known: Mapping[str, float]) -> Says:
    """What the new clues of one line say.

    Each says something of the story; more comes to it when the line is telling by itself. A line of nothing known
    says nothing.
    """
    story = alone = answers = answered = 0.0
    for clue in fresh:
        if clue.startswith(THEIRS):
            answers += known.get(clue, 0.0)
            answered += known.get(ALONE + clue, 0.0)
        else:
            story += known.get(clue, 0.0)
            alone += known.get(ALONE + clue, 0.0)
    begins = known.get(ALONE, 0.0)
    both = max(0.0, begins + alone + answered) if alone or answered else 0.0
    mine = max(0.0, begins + alone) if alone else 0.0
    return Says(story + answers + both, story + mine, alone)
