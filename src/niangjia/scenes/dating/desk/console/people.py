"""People who asked for help: registering, the list, one record, candidates."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.pages import go, key_of, status_of, text_of, told
from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating.desk import candidates, housekeeping, introducing, keeping, registering, selectors
from niangjia.scenes.dating.desk.console.frame import DESK, DONE, attempt, day_of, shown
from niangjia.scenes.dating.desk.models import Record
from niangjia.scenes.dating.desk.policies import stations
from niangjia.scenes.dating.desk.types import SOURCES, Asked
from niangjia.scenes.dating.selectors.people import profile_of


def people(request: HttpRequest) -> Shown:
    actor, now = access.actor_of(request), clock.now()
    mine = request.GET.get("mine") == "yes"
    return shown(
        request,
        "people.html",
        _("Matchmaking"),
        tab="people",
        mine=mine,
        people=selectors.people(actor, mine=mine),
        tasks=selectors.tasks_due(actor, now),
        suggestions=selectors.suggested(actor),
        today=clock.today(now),
    )


def register(request: HttpRequest) -> Shown | HttpResponse:
    """For staff at the desk: write somebody down, count who came, see how many wait."""
    if request.method != "POST":
        return _register(request)
    done, error = attempt(lambda: _do_register(request))
    return _register(request, error) if error else go(f"{DESK}/register", done)


def _do_register(request: HttpRequest) -> str:
    actor, now, station = access.actor_of(request), clock.now(), key_of(request, "station")
    if request.POST.get("do") == "visit":
        housekeeping.count_visit(actor=actor, station_id=station, now=now)
        return "counted"
    asked = Asked(
        phone=text_of(request.POST, "phone", 20),
        name=text_of(request.POST, "name", 20),
        wishes=text_of(request.POST, "wishes", 400),
    )
    source = text_of(request.POST, "source", 8)
    registering.register(actor=actor, station_id=station, source=source, asked=asked, now=now)
    return "registered"


def _register(request: HttpRequest, error: DomainError | None = None) -> Shown:
    actor, now = access.actor_of(request), clock.now()
    more = told(error) if error else {"fields": {}}
    return shown(
        request,
        "register.html",
        _("Asking for help"),
        status=status_of(error) if error else 200,
        tab="register",
        stations=stations.which(actor, "register").order_by("name", "pk"),
        sources=[(code, word) for code, word in SOURCES.items() if code != "self"],
        waiting=list(selectors.unconfirmed(actor, now)),
        v=request.POST,
        **more,
    )


def one(request: HttpRequest) -> Shown | HttpResponse:
    """A record, opened by POST; whatever is done in it comes back to it."""
    if request.method != "POST":
        return go(DESK)
    actor, key, what = access.actor_of(request), key_of(request), request.POST.get("do", "")
    if what not in _ACTS:
        return _one(request, keeping.look(actor=actor, record_id=key, now=clock.now()))
    done, error = attempt(lambda: _ACTS[what](request))
    return _one(request, keeping.of_staff(actor, key), done=done, error=error)


def _one(request: HttpRequest, record: Record, *, done: str = "", error: DomainError | None = None) -> Shown:
    actor, name = access.actor_of(request), selectors.named([record])[record.pk]
    notes = selectors.notes_of(record)
    names = selectors.shown_as([note.author_id for note in notes])
    more = told(error) if error else {"fields": {}}
    return shown(
        request,
        "one.html",
        name.name,
        status=status_of(error) if error else 200,
        done=DONE.get(done, ""),
        tab="people",
        record=record,
        name=name,
        age=_age(record),
        notes=[(note, names.get(note.author_id, "") if note.author_id else "") for note in notes],
        tasks=selectors.tasks_of(record),
        introduced=selectors.introduced(actor, record=record),
        mine=record.matchmaker_id == actor.person_id,
        today=clock.today(clock.now()),
        typed=request.POST if error else {},
        **more,
    )


def _age(record: Record) -> int | None:
    me = profile_of(record.person_id)
    return clock.age_on(me.birth_date, clock.today(clock.now())) if me and me.birth_date else None


def _note(request: HttpRequest) -> str:
    actor, kind, text = access.actor_of(request), text_of(request.POST, "kind", 6), text_of(request.POST, "text", 1000)
    keeping.write(actor=actor, record_id=key_of(request), kind=kind, text=text, now=clock.now())
    return "kept"


def _task(request: HttpRequest) -> str:
    keeping.add_task(
        actor=access.actor_of(request),
        record_id=key_of(request),
        text=text_of(request.POST, "text", 200),
        due_on=day_of(request, "due_on"),
        now=clock.now(),
    )
    return "kept"


def _finish(request: HttpRequest) -> str:
    keeping.finish_task(actor=access.actor_of(request), task_id=key_of(request, "task"), now=clock.now())
    return "kept"


def _care(request: HttpRequest) -> str:
    keeping.take_care(actor=access.actor_of(request), record_id=key_of(request), now=clock.now())
    return "kept"


_ACTS: Final[dict[str, Callable[[HttpRequest], str]]] = {
    "note": _note,
    "task": _task,
    "finish": _finish,
    "care": _care,
}


def whom(request: HttpRequest) -> Shown | HttpResponse:
    """Candidates for one record, with reasons; the record is named, so this is a look too."""
    if request.method != "POST":
        return go(DESK)
    actor, now = access.actor_of(request), clock.now()
    record = keeping.look(actor=actor, record_id=key_of(request), now=now)
    if request.POST.get("do") != "introduce":
        return _whom(request, record)
    done, error = attempt(lambda: _introduce(request))
    return _whom(request, record, error=error) if error else go(f"{DESK}/introductions", done)


def _introduce(request: HttpRequest) -> str:
    introducing.introduce(
        actor=access.actor_of(request),
        record_id=key_of(request),
        other_id=key_of(request, "other"),
        words=text_of(request.POST, "words", 200),
        now=clock.now(),
    )
    return "introduced"


def _whom(request: HttpRequest, record: Record, *, error: DomainError | None = None) -> Shown:
    actor, now = access.actor_of(request), clock.now()
    more: dict[str, Any] = told(error) if error else {"fields": {}}
    return shown(
        request,
        "whom.html",
        _("Whom to introduce"),
        status=status_of(error) if error else 200,
        tab="people",
        record=record,
        name=selectors.named([record])[record.pk],
        candidates=candidates.candidates(actor=actor, record=record, now=now),
        typed=request.POST if error else {},
        **more,
    )
