"""The room of an evening: who is here, the tables, the bell; and the cards to print."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.pages import go, key_of, named, status_of, told
from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating.events import asking, evening, selectors
from niangjia.scenes.dating.events.console.frame import HOME, shown
from niangjia.scenes.dating.events.policies import events
from niangjia.scenes.dating.models import Event, Talk


def room(request: HttpRequest) -> Shown | HttpResponse:
    """Everything the host needs on one page; it looks for news by itself."""
    if not named(request):
        return go(HOME)
    return _room(request, events.get(access.actor_of(request), "run", pk=key_of(request)))


def _room(request: HttpRequest, row: Event, *, status: int = 200, **more: Any) -> Shown:
    people = list(selectors.entrants_of(row))
    sides = [
        {"title": _("Women"), "people": [person for person in people if person.side == "f"]},
        {"title": _("Men"), "people": [person for person in people if person.side == "m"]},
    ]
    now = clock.now()
    state = _state(row, now)
    return shown(request, "room.html", row.title, status=status, row=row, sides=sides, state=state, now=now, **more)


def state(request: HttpRequest) -> HttpResponse:
    """What changes while the evening goes on, asked every second or two. Numbers, no names."""
    if not named(request):
        return go(HOME)
    row = events.get(access.actor_of(request), "run", pk=key_of(request))
    return JsonResponse(_state(row, clock.now()))


def _state(row: Event, now: datetime) -> dict[str, Any]:
    talks = Talk.objects.filter(event=row, round__in=(row.round, row.round + 1)).select_related("woman", "man")
    ends = evening.ends_at(row)
    tables = [
        {
            "id": str(talk.pk),
            "round": talk.round,
            "table": talk.table,
            "woman": talk.woman.number,
            "man": talk.man.number,
            "left": talk.ended_at is not None,
        }
        for talk in talks.order_by("round", "table")
    ]
    return {
        "round": row.round,
        "rounds": row.rounds,
        "seconds": max(0, int((ends - now).total_seconds())) if ends else None,
        "planned": row.planned_at.isoformat() if row.planned_at else None,
        "closed": row.closed_at is not None,
        "now": [line for line in tables if line["round"] == row.round],
        "next": [line for line in tables if line["round"] == row.round + 1],
    }


def act(request: HttpRequest) -> Shown | HttpResponse:
    """Here, not here, the bell, a word, the end."""
    if request.method != "POST":
        return go(HOME)
    row = events.get(access.actor_of(request), "run", pk=key_of(request))
    try:
        done = _act(request, row)
    except DomainError as error:
        row.refresh_from_db()
        return _room(request, row, status=status_of(error), **told(error))
    return go(f"{HOME}/one" if done == "ended" else f"{HOME}/room", done, key=str(row.pk))


def _act(request: HttpRequest, row: Event) -> str:
    actor, now, what = access.actor_of(request), clock.now(), request.POST.get("do", "")
    if what in ("here", "away"):
        person = key_of(request, "person")
        evening.mark(actor=actor, event_id=row.pk, entrant_id=person, here=what == "here", now=now)
    elif what == "plan":
        asking.for_a_plan(row.pk)
    elif what == "bell":
        evening.next_round(actor=actor, event_id=row.pk, now=now)
    elif what == "word":
        evening.say_word(actor=actor, event_id=row.pk, word=request.POST.get("word", "").replace("\x00", ""))
        return "word"
    elif what == "end_talk":
        evening.end_talk(actor=actor, event_id=row.pk, talk_id=key_of(request, "talk"), now=now)
    elif what == "end":
        evening.end(actor=actor, event_id=row.pk, now=now)
        return "ended"
    return ""


def cards(request: HttpRequest) -> Shown | HttpResponse:
    """One card for each: the number to pin on, and where to sit in which round. Four on a sheet of A4, or one on A6."""
    if not named(request):
        return go(HOME)
    row = events.get(access.actor_of(request), "run", pk=key_of(request))
    seats: dict[Any, list[dict[str, Any]]] = {}
    for talk in Talk.objects.filter(event=row).select_related("woman", "man").order_by("round"):
        for me, other in ((talk.woman, talk.man), (talk.man, talk.woman)):
            line = {"round": talk.round, "table": talk.table, "number": other.number}
            seats.setdefault(me.pk, []).append(line)
    people = [{"person": person, "seats": seats.get(person.pk, [])} for person in selectors.entrants_of(row)]
    paper = "a6" if request.GET.get("paper") == "a6" else "a4"
    return shown(request, "table_cards.html", row.title, row=row, people=people, paper=paper)
