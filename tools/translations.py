"""Collects, compiles and checks the Chinese of every text, without the gettext tools.

--collect  add new texts of Python files and templates to the catalogue
--compile  make the .mo file that Django reads
--check    fail when a text has no Chinese, or the catalogue holds one that nobody uses
"""

import argparse
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path("src/niangjia")
CATALOGUE = SOURCE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def texts() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """(file, text or (singular, plural), context) of everything marked for translation."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "tests" not in path.parts:
            yield from _found(path, path.read_bytes())
    for path in sorted(SOURCE.rglob("*.html")):
        yield from _found(path, templatize(path.read_text(), origin=str(path)).encode())


def _found(path: Path, source: bytes) -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    for _line, text, _comments, context in extract("python", io.BytesIO(source), KEYWORDS):
        if text:
            yield str(path), text, context


def catalogue() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog(locale="zh_Hans", domain="django", charset="utf-8")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans", domain="django")


def collect() -> Catalog:
    """The catalogue as it should be: every text in use, with the Chinese already there; the unused dropped."""
    known = catalogue()
    fresh = Catalog(
        locale="zh_Hans", domain="django", charset="utf-8", fuzzy=False, creation_date=known.creation_date
    )  # the day of the first: or every collection would be a change
    for path, text, context in texts():
        singular = text[0] if isinstance(text, tuple) else text
        before = known.get(singular, context)
        fresh.add(text, before.string if before else "", [(path, 0)], context=context)
    return fresh


def save(fresh: Catalog) -> None:
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, fresh, sort_output=True, omit_header=False, include_lineno=False, width=0)


def compile_() -> None:
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue())


def check() -> int:
    """Prints every text without Chinese; the number of them."""
    fresh, known = collect(), catalogue()
    untranslated = [message for message in fresh if message.id and not _complete(message.string)]
    unused = [message for message in known if message.id and fresh.get(message.id, message.context) is None]
    for message in untranslated:
        print(f"no Chinese: {message.id!r} ({message.locations[0][0]})")
    for message in unused:
        print(f"used nowhere: {message.id!r}")
    return len(untranslated) + len(unused)


def _complete(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("--collect", "--compile", "--check"):
        parser.add_argument(option, action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("NIANGJIA_NO_DATABASE", "1")
    if not settings.configured:
        settings.configure(USE_I18N=False)
        django.setup()
    if options.collect:
        save(collect())
    if options.compile:
        compile_()
    return 1 if options.check and check() else 0


if __name__ == "__main__":
    sys.exit(main())
