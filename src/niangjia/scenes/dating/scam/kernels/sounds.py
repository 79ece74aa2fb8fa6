"""Text as syllables: by sound and not by character, so that homophones and pinyin change nothing."""

import re
from functools import lru_cache
from typing import Final

from niangjia.scenes.dating.scam.kernels.normalise import sound

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
