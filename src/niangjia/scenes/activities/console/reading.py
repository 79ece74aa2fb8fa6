"""What was typed into the page of an activity, as a plan; and a plan as what stands in its fields."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from niangjia.engines.allocation.types import Quota
from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid
from niangjia.scenes.activities.addons import AddOnOffer
from niangjia.scenes.activities.audience import Audience
from niangjia.scenes.activities.plan import Part, Plan

YEARS: Final = range(2000, 2101)
ROWS: Final = 6  # of programme, quotas and questions that stand on the page
_TIMES: Final = ("starts_at", "ends_at", "opens_at", "closes_at", "cancel_until")
_TEXTS: Final = ("title", "about", "place", "address", "district", "stream", "way", "audience_note", "certificate")
_TICKS: Final = ("discreet", "keeps_waiting", "rotating", "passes_on")


class Sheet:
    """Reads fields one after the other and remembers every one that cannot be read."""

    def __init__(self, typed: QueryDict) -> None:
        self.typed = typed
        self.faults: dict[str, object] = {}

    def text(self, name: str) -> str:
        return str(self.typed.get(name, "")).replace("\x00", "").replace("\r\n", "\n").strip()

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(str(value) for value in self.typed.getlist(name) if value)

    def number(self, name: str) -> int | None:
        text = self.text(name)
        try:
            return int(text) if text else None
        except ValueError:
            self.faults[name] = _("Please write a number.")
            return None

    def decimal(self, name: str) -> float | None:
        text = self.text(name)
        try:
            return float(text) if text else None
        except ValueError:
            self.faults[name] = _("Please write a number.")
            return None

    def moment(self, name: str, *, needed: bool = True) -> datetime | None:
        """A day and time in China."""
        text = self.text(name)
        try:
            moment = datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI)
        except ValueError:
            moment = None
        if moment is not None and moment.year in YEARS:
            return moment
        if text or needed:
            self.faults[name] = _("Please choose a day and a time.")
        return None

    def key(self, name: str) -> UUID | None:
        try:
            return UUID(self.text(name)) if self.text(name) else None
        except ValueError:
            self.faults[name] = _("Please choose from the list.")
            return None

    def keys(self, name: str) -> tuple[UUID, ...]:
        try:
            return tuple(UUID(key) for key in self.texts(name))
        except ValueError:
            self.faults[name] = _("Please choose from the list.")
            return ()


def plan_from(typed: QueryDict) -> Plan:
    """Raise Invalid with every field that cannot be read; what is read but not meant is for `plan.check`."""
    sheet = Sheet(typed)
    times: dict[str, Any] = {name: sheet.moment(name) for name in _TIMES}
    capacity, yuan = sheet.number("capacity"), sheet.number("cost_yuan")
    if capacity is None:
        sheet.faults.setdefault("capacity", _("Please write a number."))
    given: dict[str, Any] = {
        **{name: sheet.text(name) for name in _TEXTS},
        **{name: sheet.text(name) == "yes" for name in _TICKS},
        "lat": sheet.decimal("lat"),
        "lon": sheet.decimal("lon"),
        "max_party": sheet.number("max_party") or 1,
        "topics": sheet.texts("topics"),
        "priority": sheet.texts("priority"),
        "audience": audience_from(sheet),
        "series_id": sheet.key("series_id"),
        "programme": tuple(_parts(sheet, times["starts_at"])),
        "quotas": tuple(_quotas(sheet, times["starts_at"])),
        "addons": tuple(_addons(sheet)),
        "form": list(_questions(sheet, "form")),
        "survey": list(_questions(sheet, "survey")),
    }
    if sheet.faults:
        raise Invalid(
            _("Something is missing or not quite right."),
            next_step=_("Please look at the marked places."),
            fields=sheet.faults,
        )
    return Plan(**given, **times, capacity=capacity or 0, cost_fen=100 * (yuan or 0))


def audience_from(sheet: Sheet) -> Audience:
    return Audience(
        orgs=sheet.keys("orgs"),
        trades=sheet.texts("trades"),
        gig=sheet.text("gig") == "yes",
        age_from=sheet.number("age_from"),
        age_to=sheet.number("age_to"),
        facts=tuple(kind for kind in ("real_person", "employer", "single") if kind in sheet.texts("facts")),
        members=sheet.text("members") == "yes",
    )


def _parts(sheet: Sheet, day: datetime | None) -> Iterator[Part]:
    """Lines of the programme; one without a title is an empty line."""
    for row in range(ROWS):
        if not sheet.text(f"part{row}_title"):
            continue
        starts, ends = (sheet.moment(f"part{row}_{name}") for name in ("starts_at", "ends_at"))
        if starts and ends:
            yield Part(
                title=sheet.text(f"part{row}_title")[:60],
                starts_at=starts,
                ends_at=ends,
                speaker=sheet.text(f"part{row}_speaker")[:60],
                place=sheet.text(f"part{row}_place")[:60],
                capacity=sheet.number(f"part{row}_capacity"),
            )


def _quotas(sheet: Sheet, starts: datetime | None) -> Iterator[Quota]:
    for row in range(ROWS):
        key, places = sheet.text(f"quota{row}_key"), sheet.number(f"quota{row}_places")
        if key and places:
            days = sheet.number(f"quota{row}_days")
            back = starts - timedelta(days=days) if starts and days is not None else None
            yield Quota(key[:80], places, back)


def _addons(sheet: Sheet) -> Iterator[AddOnOffer]:
    """Lines without a name are empty lines; a line without a number is for `addons.faults`."""
    for row in range(ROWS):
        title = " ".join(sheet.text(f"addon{row}_title").split())
        if title:
            yield AddOnOffer(
                code=f"x{row + 1}",
                title=title,
                places=sheet.number(f"addon{row}_places") or 0,
                each=sheet.text(f"addon{row}_each") == "yes",
                note=sheet.text(f"addon{row}_note"),
            )


def _questions(sheet: Sheet, prefix: str) -> Iterator[dict[str, Any]]:
    """Questions as organisers write them: options one a line, a condition as “number of the question = answer”."""
    for row in range(ROWS):
        at = f"{prefix}{row}_"
        if not sheet.text(f"{at}title"):
            continue
        kind = sheet.text(f"{at}kind") or "text"
        question: dict[str, Any] = {"code": f"q{row + 1}", "title": sheet.text(f"{at}title"), "kind": kind}
        question["required"] = sheet.text(f"{at}required") == "yes"
        if kind in ("choice", "choices"):
            lines = [line.strip() for line in sheet.text(f"{at}options").split("\n") if line.strip()]
            question["options"] = [{"code": f"o{n}", "title": line} for n, line in enumerate(lines, start=1)]
        on, is_ = sheet.text(f"{at}on"), sheet.text(f"{at}is")
        if on:
            question["when"] = {"question": f"q{on}", "answers": [_answer_code(sheet, prefix, on, is_)]}
        yield question


def _answer_code(sheet: Sheet, prefix: str, on: str, said: str) -> str:
    """The answer as typed (是, 否, or the line of a list), as the code by which it is kept."""
    if said in ("是", "yes", "Yes"):
        return "yes"
    if said in ("否", "no", "No"):
        return "no"
    row = int(on) - 1 if on.isdigit() else 0
    lines = [line.strip() for line in sheet.text(f"{prefix}{row}_options").split("\n") if line.strip()]
    return f"o{lines.index(said) + 1}" if said in lines else said


def fields_of(plan: Plan) -> dict[str, Any]:
    """What stands in the fields of the page."""
    return {
        **{name: getattr(plan, name) for name in (*_TEXTS, *_TICKS)},
        **{name: _local(getattr(plan, name)) for name in _TIMES},
        **{name: getattr(plan, name) for name in ("capacity", "max_party", "lat", "lon", "topics", "priority")},
        "cost_yuan": plan.cost_fen // 100,
        "series_id": str(plan.series_id or ""),
        "orgs": [str(key) for key in plan.audience.orgs],
        "trades": plan.audience.trades,
        "gig": plan.audience.gig,
        "age_from": plan.audience.age_from,
        "age_to": plan.audience.age_to,
        "facts": plan.audience.facts,
        "members": plan.audience.members,
        "parts": _filled([_part_fields(part) for part in plan.programme]),
        "quotas": _filled([_quota_fields(quota, plan.starts_at) for quota in plan.quotas]),
        "addons": _filled([addon.keep() for addon in plan.addons]),
        "form": _filled([_question_fields(question) for question in plan.form]),
        "survey": _filled([_question_fields(question) for question in plan.survey]),
    }


def typed_fields(typed: QueryDict) -> dict[str, Any]:
    """The same, from what was typed: nothing is lost when something must be mended."""
    lists = {name: typed.getlist(name) for name in ("topics", "priority", "orgs", "trades", "facts")}
    ticks = {name: typed.get(name) == "yes" for name in (*_TICKS, "gig", "members")}
    rows = {
        target: [_typed_row(typed, f"{prefix}{row}_") for row in range(ROWS)]
        for target, prefix in (
            ("parts", "part"),
            ("quotas", "quota"),
            ("addons", "addon"),
            ("form", "form"),
            ("survey", "survey"),
        )
    }
    return {**{name: typed.get(name, "") for name in typed}, **lists, **ticks, **rows}


def _typed_row(typed: QueryDict, prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): typed.get(name) for name in typed if name.startswith(prefix)}


def empty_fields(now: datetime) -> dict[str, Any]:
    """A page to begin with: an evening in three weeks."""
    day = clock.today(now) + timedelta(weeks=3)
    starts = datetime.combine(day, time(18, 30), clock.SHANGHAI)
    opens = datetime.combine(clock.today(now) + timedelta(days=1), time(9), clock.SHANGHAI)
    plan = Plan(
        title="",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        opens_at=opens,
        closes_at=starts - timedelta(days=1),
        cancel_until=starts - timedelta(hours=6),
        capacity=30,
    )
    return fields_of(plan)


def _filled(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [*rows, *({} for _row in range(ROWS - len(rows)))]


def _part_fields(part: Part) -> dict[str, Any]:
    return {**vars(part), "starts_at": _local(part.starts_at), "ends_at": _local(part.ends_at)}


def _quota_fields(quota: Quota, starts: datetime) -> dict[str, Any]:
    days = (starts - quota.flows_back_at).days if quota.flows_back_at else ""
    return {"key": quota.key, "places": quota.places, "days": days}


def _question_fields(question: Mapping[str, Any]) -> dict[str, Any]:
    titles = [option["title"] for option in question.get("options", [])]
    when = question.get("when") or {}
    said = (when.get("answers") or [""])[0]
    word = {"yes": "是", "no": "否"}.get(said, said)
    return {
        **question,
        "options": "\n".join(titles),
        "on": str(when.get("question", "")).removeprefix("q"),
        "is": word,
    }


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%dT%H:%M}"


def day_from(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
