"""Walks every door of dating as one member: the API's own description says what doors there are and what they take.

Nobody lists routes by hand, so a new one is walked from its first day. Each call is undone before the next.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from niangjia.kernel import clock

PREFIX = "/api/v1/"
NOT_WALKED = {"dating/leave", "dating/chat/picture", "dating/chat/voice"}  # ends everything; files, tested in the chat
_WORDS = {
    "confirm": "没有",
    "reason": "other",
    "district": "330106",
    "contact_phone": "13900001111",
    "hobby": "hiking",
    "kind": "wechat",
    "says": "我爱爬山",
    "body": "{}",
}


@dataclass(frozen=True)
class Door:
    """One operation; `given` by name what it takes: the schema of each, those that may be left out apart."""

    method: str
    path: str
    needed: Mapping[str, Any]
    more: Mapping[str, Any]

    def __str__(self) -> str:
        return self.path


def doors(prefix: str = "dating/") -> list[Door]:
    from niangjia.interfaces.api import api as root  # noqa: PLC0415  # built when asked for, after all rooms are there

    described = root.get_openapi_schema(path_prefix=PREFIX)
    parts = described["components"]["schemas"]
    found = []
    for path, item in described["paths"].items():
        short = path.removeprefix(PREFIX)
        if not short.startswith(prefix) or short in NOT_WALKED:
            continue
        found += [_door(method, short, operation, parts) for method, operation in item.items()]
    return found


def _door(method: str, path: str, operation: Any, parts: Any) -> Door:
    asked = {one["name"]: (one["schema"], one.get("required", False)) for one in operation.get("parameters", ())}
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if content:
        body = parts[content["$ref"].rsplit("/", 1)[1]] if "$ref" in content else content
        asked |= {name: (one, name in body.get("required", ())) for name, one in body.get("properties", {}).items()}
    needed = {name: one for name, (one, must) in asked.items() if must}
    return Door(method, path, needed, {name: one for name, (one, must) in asked.items() if not must})


@dataclass
class Known:
    """Ids that the walker has got hold of, by what they are called in requests; for any other name, each of them."""

    ids: dict[str, list[UUID]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)

    def of(self, name: str) -> Sequence[Any]:
        return self.ids.get(name) or [key for keys in self.ids.values() for key in keys]

    def values(self, name: str, schema: Any) -> Sequence[Any]:
        kinds = schema.get("anyOf", [schema])
        return next((found for one in kinds if (found := self._values(name, one))), [{}])

    def _values(self, name: str, one: Any) -> Sequence[Any]:
        kind, form = one.get("type"), one.get("format")
        if form == "uuid":
            return [uuid4()] if name == "key" else self.of(name)
        if kind == "array":
            return [[str(key) for key in self.of(name)][:1]] if one.get("items", {}).get("format") == "uuid" else [[]]
        choices = self.words.get(name) or one.get("enum") or ([one["const"]] if "const" in one else [])
        return choices or [value for value in (_plain(name, kind, form, one),) if value is not None]


def _plain(name: str, kind: str | None, form: str | None, one: Any) -> Any:
    ahead = timedelta(hours=2 if name == "until" else 1)
    made: dict[str | None, Callable[[], Any]] = {
        "date-time": lambda: (clock.now() + ahead).isoformat(),
        "date": lambda: str(clock.today(clock.now())),
        "integer": lambda: max(one.get("minimum", 30), 1),
        "number": lambda: 1,
        "boolean": lambda: True,
        "string": lambda: _WORDS.get(name, "周末去北高峰走走"),
    }
    make = made.get(form) or made.get(kind)
    return make() if make else None


def requests(door: Door, known: Known) -> Iterator[dict[str, Any]]:
    """Everything it must be given, in every combination; of what may be left out the ids, one after the other."""
    names = list(door.needed)
    for values in product(*(known.values(name, door.needed[name]) for name in names)):
        yield dict(zip(names, values, strict=True))
    for name, schema in door.more.items():
        if name in known.ids or name in known.words:
            first = {need: known.values(need, door.needed[need])[0] for need in names}
            for value in known.values(name, schema):
                yield {**first, name: value}


@dataclass(frozen=True)
class Seen:
    door: Door
    given: Mapping[str, Any]
    status: int
    text: str  # without the ids that the walker sent


def walk(app: Any, known: Known, which: Callable[[Door], bool] = lambda _door: True) -> Iterator[Seen]:
    for door in doors():
        if which(door):
            for given in requests(door, known):
                yield call(app, door, given)


def call(app: Any, door: Door, given: Mapping[str, Any]) -> Seen:
    with transaction.atomic():
        plain = {name: str(value) if isinstance(value, UUID) else value for name, value in given.items()}
        getattr(app, door.method)(door.path, **plain)
        text = b"" if app.response.streaming else app.response.content
        shown = text.decode(errors="replace")
        transaction.set_rollback(True)
    for value in plain.values():
        sent_an_id = isinstance(value, str) and len(value) == len(str(uuid4()))
        shown = shown.replace(value, "…") if sent_an_id else shown
    return Seen(door, given, app.status, shown)
