"""Short runs of syllables and what each says about a conversation: weights learned on written conversations.

By sound and not by character, so that homophones and pinyin change nothing. The weights lie beside this file as text
that anybody can read (`phrases.tsv`, written by `python -m benchmarks.scam.learn`); a sum of them is the whole model.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final

from niangjia.scenes.dating.scam.kernels.normalise import sound

SHORTEST: Final = 2  # one syllable is too many words at once
LONGEST: Final = 3
BEGINS: Final = ""  # the points every conversation begins with
WRITTEN: Final = "="  # what a point of the signals counts beside the phrases
_PIECES: Final = re.compile(r"[一-鿿]|[a-z]+|[0-9]+(?:\.[0-9]+)?|[,\n]")
_SYLLABLE: Final = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|ve|vn|er|a|o|e|i|u|v)"
)


def syllables(text: str) -> list[str]:
    """Plain text as syllables: figures are all alike, "" stands where a thought ends."""
    found: list[str] = []
    for piece in _PIECES.findall(text):
        if piece in ",\n":
            found.append("")
        elif piece[0].isdigit():
            found.append("0")
        elif piece.isascii():
            found.extend(_latin(piece))
        else:
            found.append(sound(piece))
    return found


@lru_cache(maxsize=4096)
def _latin(word: str) -> tuple[str, ...]:
    """Pinyin as its syllables, any other word as it is."""
    parts = _SYLLABLE.findall(word)
    return tuple(parts) if "".join(parts) == word else (word,)


def phrases(text: str) -> Iterator[str]:
    """Every run of two or three syllables within a thought."""
    said = syllables(text)
    for size in range(SHORTEST, LONGEST + 1):
        for at in range(len(said) - size + 1):
            run = said[at : at + size]
            if all(run):
                yield " ".join(run)


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Points of each phrase; beside them `BEGINS` and `WRITTEN`."""
    table = files(__package__).joinpath("phrases.tsv")
    if not table.is_file():
        return {BEGINS: 0.0, WRITTEN: 0.26}
    rows = (row.split("\t") for row in table.read_text("utf-8").splitlines() if row)
    return {phrase: float(points) for phrase, points in rows}


def heard(lines: Sequence[str], known: Mapping[str, float]) -> list[float]:
    """For each line the points that its new phrases add: a phrase counts where it is said first."""
    seen, added = set[str](), []
    for line in lines:
        fresh = {phrase for phrase in phrases(line) if phrase not in seen}
        seen |= fresh
        added.append(sum(known.get(phrase, 0.0) for phrase in fresh))
    return added
