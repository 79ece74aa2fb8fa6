"""Member rolls: upload a table, look at what it would do, take it over, undo it."""

import json
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access.policies import within
from niangjia.core.orgs.models import Org
from niangjia.core.pages import go, key_of, status_of, told
from niangjia.core.rolls import selectors, services
from niangjia.core.rolls.models import Import, State
from niangjia.core.rolls.policies import PERMISSION, ImportPolicy
from niangjia.interfaces.console.frame import page
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError, Invalid

COUNTS = {
    "new": _("new"),
    "changed": _("changed"),
    "same": _("as before"),
    "left": _("no longer on the roll"),
    "gone": _("marked as left in the table"),
    "bad": _("cannot be read"),
}


@access.needs(PERMISSION)
def roll_list(request: HttpRequest) -> HttpResponse:
    actor = access.actor_of(request)
    rows = ImportPolicy().which(actor, "see").select_related("org").order_by("-made_at", "-id")
    return page(request, "console/rolls.html", _("Member rolls"), rows=rows[:100])


@access.needs(PERMISSION)
def upload(request: HttpRequest) -> HttpResponse:
    actor = access.actor_of(request)
    orgs = Org.objects.filter(within(actor, PERMISSION, path="path"), ended_at=None).order_by("depth", "path")
    title = _("Upload a member roll")
    if request.method != "POST":
        return page(request, "console/upload_roll.html", title, orgs=orgs[:300])
    try:
        table = _table(request)
        found = services.upload(
            file=table.chunks(),
            file_name=str(table.name),
            org_id=key_of(request, "org"),
            actor=actor,
            now=clock.now(),
        )
    except DomainError as error:
        return page(request, "console/upload_roll.html", title, status=status_of(error), orgs=orgs[:300], **told(error))
    return go("/console/rolls/one", key=str(found.pk))


def _table(request: HttpRequest) -> UploadedFile[bytes]:
    table = request.FILES.get("table")
    if not isinstance(table, UploadedFile):
        hint = _("Please choose a table (xlsx or csv).")
        raise Invalid(hint, fields={"table": hint})
    return table


@access.needs(PERMISSION)
def one(request: HttpRequest) -> HttpResponse:
    """What a table would do, or did."""
    found = ImportPolicy().get(access.actor_of(request), "see", pk=key_of(request, "key"))
    return _show(request, found)


def _show(request: HttpRequest, found: Import, status: int = 200, **context: object) -> HttpResponse:
    bad = found.bad_rows.order_by("row", "pk")[:50]
    return page(
        request,
        "console/roll.html",
        found.file_name,
        status=status,
        row=found,
        why=selectors.why_of(found),
        counts=[(title, found.counts.get(name, 0), name) for name, title in COUNTS.items()] if found.counts else [],
        sample=_sample(found),
        bad=[(line.row, selectors.reason_of(line)) for line in bad],
        busy=found.state in (State.WAITING, State.APPLYING),
        may={"apply": found.state == State.PREVIEW, "undo": found.state == State.APPLIED},
        **context,
    )


def _sample(found: Import) -> list[dict[str, Any]]:
    return list(json.loads(found.sample)) if found.sample else []


@access.needs(PERMISSION)
def bad_rows(request: HttpRequest) -> HttpResponseBase:
    """Every bad row with its reason, as a table to work through."""
    found = ImportPolicy().get(access.actor_of(request), "see", pk=key_of(request, "key"))
    response = StreamingHttpResponse(selectors.bad_rows_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="bad-rows.csv"'
    return response


@access.needs(PERMISSION)
def act(request: HttpRequest) -> HttpResponse:
    """Take it over, undo it, or throw it away."""
    if request.method != "POST":
        return go("/console/rolls")
    actor, key, now = access.actor_of(request), key_of(request, "key"), clock.now()
    found = ImportPolicy().get(actor, "see", pk=key)
    try:
        if "apply" in request.POST:
            services.apply_later(import_id=key, actor=actor, now=now)
            return go("/console/rolls/one", key=str(key))
        if "undo" in request.POST:
            services.undo(import_id=key, actor=actor, now=now)
            return go("/console/rolls/one", "undone", key=str(key))
        services.drop(import_id=key, actor=actor, now=now)
    except DomainError as error:
        return _show(request, found, status=status_of(error), **told(error))
    return go("/console/rolls")
