"""Cells of tables that people open in a spreadsheet (check C5)."""

import unicodedata

_STARTERS = set("=+-@\t\r\n|%")  # after folding: ＝＋－＠ count as their plain forms
_QUOTES = "\"'“”‘’`´„«»‹›「」『』＂＇"


def harmless(text: str) -> str:
    """The text, with an apostrophe in front when a spreadsheet could take it for a formula."""
    bare = text.lstrip(_QUOTES + " \u00a0\u3000\u200b\ufeff")
    first = unicodedata.normalize("NFKC", bare[:1])[:1]
    risky = text[:1] in "\t\r\n" or first in _STARTERS
    return f"'{text}" if text and first and risky else text
