"""Finding firms by part of their name, in Han characters or pinyin.

Every tail of a name is a word of the index (西湖茶厂, 湖茶厂, 茶厂), so that any part of a name begins some word:
one prefix scan finds it. The same is done with its pinyin (xihuchachang, huchachang ...) and initials (xhcc ...).
"""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from pypinyin import Style, lazy_pinyin

_LONGEST = 24  # characters of a tail: enough to tell firms apart


def folded(text: str) -> str:
    """Letters and digits only, in one width and one case."""
    plain = unicodedata.normalize("NFKC", text[:200]).casefold()
    return "".join(char for char in plain if char.isalnum())


def words_of(name: str) -> set[str]:
    """Every tail of the name, of its pinyin and of its initials."""
    plain = folded(name)
    syllables = lazy_pinyin(plain, errors=_letters)
    initials = lazy_pinyin(plain, style=Style.FIRST_LETTER, errors=_letters)
    return {*_tails(list(plain)), *_tails(syllables), *_tails(initials)}


def _letters(chunk: str) -> Any:
    """What has no pinyin (3M, 4S) stays as it is, letter by letter."""
    return list(chunk)


def _tails(parts: list[str]) -> Iterable[str]:
    return ("".join(parts[at:])[:_LONGEST] for at in range(len(parts)))


def query_of(text: str) -> str:
    """A tsquery: every part that was typed, apart by spaces, must begin some word. Empty when nothing is left."""
    parts = [folded(part)[:_LONGEST] for part in text[:100].split()]
    return " & ".join(f"'{part}':*" for part in parts if part)


class NameWords(SearchVectorField):  # type: ignore[type-arg]  # its stub parameters do not exist at run time
    """A column with the words of the row's `name`, made whenever the row is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return " ".join(f"'{word}'" for word in sorted(words_of(model_instance.name)))  # type: ignore[attr-defined]
