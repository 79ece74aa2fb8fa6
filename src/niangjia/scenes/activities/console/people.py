"""Who registered, by name. Opened by POST, because each look is recorded and shown to the people."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.pages import go, key_of
from niangjia.core.registry import Shown
from niangjia.engines.allocation.models.bookings import States
from niangjia.kernel import clock
from niangjia.kernel.china import mask_phone
from niangjia.scenes.activities import forms, tables
from niangjia.scenes.activities.addons import read
from niangjia.scenes.activities.console.frame import HOME, shown
from niangjia.scenes.activities.models import Activity
from niangjia.scenes.activities.selectors.people import Guest, written_answers
from niangjia.scenes.activities.services import desk, exporting

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def people(request: HttpRequest) -> Shown | HttpResponse:
    """The list to work with, and to print: names, the state, a column to sign in."""
    if request.method != "POST":
        return go(HOME)
    actor, now = access.actor_of(request), clock.now()
    row, guests = exporting.people(actor=actor, activity_id=key_of(request), now=now)
    titles, only = _titles(row), request.POST.get("addon", "")
    lines = [
        {"guest": guest, "phone": mask_phone(guest.phone), "state": _state(guest), "addons": _addons(guest, titles)}
        for guest in guests
        if only not in titles or guest.addons.get(only) == "taken"
    ]
    return shown(
        request,
        "people.html",
        row.title,
        row=row,
        lines=lines,
        discreet=row.discreet,
        has_addons=bool(titles),
        only=titles.get(only, ""),
    )


def _titles(row: Activity) -> dict[str, str]:
    return {one.code: one.title for one in read(row.addons)}


def _addons(guest: Guest, titles: Mapping[str, str]) -> str:
    """What somebody has beside the place; what they still wait for stands in brackets."""
    words = {"taken": "{title}", "waiting": str(_("({title}, waiting)"))}
    return "、".join(words[guest.addons[code]].format(title=titles[code]) for code in titles if code in guest.addons)


def _state(guest: Guest) -> str:
    if guest.booking.arrived_at:
        return str(_("came"))
    if guest.booking.absent_at:
        return str(_("did not come"))
    return str(States(guest.booking.state).label)


def take_off(request: HttpRequest) -> HttpResponse:
    """Somebody called and cannot come."""
    if request.method != "POST":
        return go(HOME)
    key = key_of(request)
    desk.take_off(
        actor=access.actor_of(request), activity_id=key, booking_id=key_of(request, "booking"), now=clock.now()
    )
    return go(f"{HOME}/one", "decided", key=str(key))


def answers(request: HttpRequest) -> Shown | HttpResponse:
    """What one person wrote into the form."""
    if request.method != "POST":
        return go(HOME)
    actor, now = access.actor_of(request), clock.now()
    found = exporting.answers(actor=actor, activity_id=key_of(request), person_id=key_of(request, "person"), now=now)
    lines = written_answers(found) if found else ()
    return shown(request, "answers.html", _("What was written into the form"), lines=lines, key=key_of(request))


def take_out(request: HttpRequest) -> HttpResponse:
    """The list as a file, once a colleague has agreed."""
    if request.method != "POST":
        return go(HOME)
    row, guests, with_answers = exporting.take_out(
        actor=access.actor_of(request), case_id=key_of(request, "case"), now=clock.now()
    )
    questions = forms.Form.model_validate(row.form).questions if with_answers else []
    titles = _titles(row)
    words = (_("Name"), _("Phone"), _("Firm"), _("State"), *((_("Beside the place"),) if titles else ()))
    head = [*(str(word) for word in words), *(question.title for question in questions)]
    lines = [head, *(_line(guest, titles, questions) for guest in guests)]
    if request.POST.get("as") == "csv":
        return _file(tables.as_csv(lines), "text/csv; charset=utf-8", "list.csv")
    return _file(tables.as_xlsx(row.title, lines), XLSX, "list.xlsx")


def _line(guest: Guest, titles: Mapping[str, str], questions: list[forms.Question]) -> list[str]:
    said = dict(guest.answers)
    return [
        guest.name,
        guest.phone,
        guest.firm,
        _state(guest),
        *([_addons(guest, titles)] if titles else []),
        *(said.get(question.title, "") for question in questions),
    ]


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
