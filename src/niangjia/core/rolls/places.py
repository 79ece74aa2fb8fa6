"""Which employer a row means: by credit code, else by name, among those at and below the organisation."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from niangjia.core.orgs.models import Employer, Org
from niangjia.core.rolls.types import BadRow
from niangjia.kernel.china import parse_uscc

_WIDE, _NARROW = str.maketrans("()", "（）"), str.maketrans("（）", "()")
_MANY = "many"


class Employers:
    """Remembers what it looked up; asks the database once for each batch of rows."""

    def __init__(self, org: Org) -> None:
        self._within = Employer.objects.filter(org__path__startswith=org.path, ended_at=None)
        self._by_uscc: dict[str, UUID | None] = {}
        self._by_name: dict[str, UUID | str | None] = {}
        only = list(self._within.values_list("pk", flat=True)[:2])
        self._only = only[0] if len(only) == 1 else None

    def learn(self, rows: Sequence[tuple[str, str]]) -> None:
        """Look up what these (name, credit code) mean."""
        codes = {code for _, text in rows if (code := _code(text))} - self._by_uscc.keys()
        names = {_flat(name) for name, text in rows if name and not text} - self._by_name.keys()
        self._by_uscc.update(dict.fromkeys(codes))
        self._by_name.update(dict.fromkeys(names))
        if codes:
            self._by_uscc.update(self._within.filter(uscc__in=codes).values_list("uscc", "pk"))
        if names:
            self._learn_names(names)

    def _learn_names(self, names: set[str]) -> None:
        spelled = {spelling for name in names for spelling in (name, name.translate(_WIDE))}
        found = defaultdict(list)
        for name, pk in self._within.filter(name__in=spelled).values_list("name", "pk"):
            found[_flat(name)].append(pk)
        for name, pks in found.items():
            self._by_name[name] = pks[0] if len(pks) == 1 else _MANY

    def meant(self, name: str, text: str) -> UUID:
        """The employer of a row that was learnt; raises BadRow."""
        if text:
            code = _code(text)
            if not code:
                raise BadRow("uscc")
            return _known(self._by_uscc[code])
        if name:
            return _known(self._by_name[_flat(name)])
        if self._only is None:
            raise BadRow("employer_missing")
        return self._only


def _known(found: UUID | str | None) -> UUID:
    if found is None:
        raise BadRow("employer")
    if isinstance(found, str):
        raise BadRow("employer_ambiguous")
    return found


@lru_cache(maxsize=10_000)  # a table names few employers, each many times
def _code(text: str) -> str:
    try:
        return parse_uscc(text) if text else ""
    except ValueError:
        return ""


def _flat(name: str) -> str:
    return "".join(name.split()).translate(_NARROW)
