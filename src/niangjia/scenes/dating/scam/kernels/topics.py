"""What a line is about: a table of topics and their words (`topics.tsv`), found by sound like everything else."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final

from niangjia.scenes.dating.scam.kernels.sounds import syllables

FIGURE: Final = ("figure",)
Topics = tuple[str, ...]


@lru_cache(maxsize=1)
def table() -> dict[str, Topics]:
    """The topics of each word, by its syllables."""
    found: dict[str, list[str]] = {}
    for row in files(__package__).joinpath("topics.tsv").read_text("utf-8").splitlines():
        topic, words = row.split("\t")
        for word in words.split():
            found.setdefault(" ".join(syllables(word)), []).append(topic)
    return {word: tuple(dict.fromkeys(topics)) for word, topics in found.items()}


@lru_cache(maxsize=1)
def _longest() -> dict[str, int]:
    """How long the longest word is that begins with a syllable."""
    found: dict[str, int] = {}
    for word in table():
        first, size = word.partition(" ")[0], word.count(" ") + 1
        found[first] = max(size, found.get(first, 0))
    return found


def topics(said: Sequence[str]) -> list[Topics]:
    """The topics of the words among these syllables, in their order; the longest word counts."""
    known, longest = table(), _longest()
    found, at = [], 0
    while at < len(said):
        size = min(longest.get(said[at], 0), len(said) - at)
        while size and " ".join(said[at : at + size]) not in known:
            size -= 1
        if size:
            found.append(known[" ".join(said[at : at + size])])
        elif said[at] == "0":
            found.append(FIGURE)
        at += size or 1
    return found
