"""The frame around every page of the back office."""

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor, actor_of
from niangjia.core.access.roles import ROLES
from niangjia.core.accounts.models import Person
from niangjia.core.orgs.models import Org
from niangjia.core.pages import done_of
from niangjia.core.registry import Shown
from niangjia.interfaces.console.menu import menu_for
from niangjia.kernel.china import mask_name, mask_phone

DONE = {
    "decided": _("Done. The person concerned has been told."),
    "verified": _("Done. The person is verified, and has been told."),
    "moved": _("Done. It is written down with your reason."),
    "taken": _("This is yours now; nobody else works on it."),
    "given_back": _("You gave it back; a colleague can take it."),
    "asked": _("Asked. You will find the answer under “Waiting for me”."),
    "ended": _("The role has ended, and so have all sign-ins of its holder."),
    "published": _("Published. Everybody at and below that organisation can read it."),
    "withdrawn": _("Taken back. Nobody sees it any more."),
    "changed": _("Done. It stands in the history below."),
    "merge_asked": _("Proposed. Nothing has changed yet: a colleague above both must agree."),
    "imported": _("The roll has been taken over."),
    "undone": _("Undone. Everything is as it was before."),
    "sent": _("Sent."),
}


def page(request: HttpRequest, template: str, title: object, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render a page of the back office with its menu."""
    return render(request, template, {**frame(request), "title": title, **context}, status=status)


def framed(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """The page of a scene, which knows nothing of this frame."""

    @functools.wraps(view)
    def framed_view(request: HttpRequest) -> HttpResponseBase:
        answer: Shown | HttpResponseBase = view(request)
        if not isinstance(answer, Shown):
            return answer
        words = {**answer.context, **({"done": answer.done} if answer.done else {})}
        return page(request, answer.template, answer.title, status=answer.status, **words)

    return framed_view


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame itself shows."""
    actor = actor_of(request)
    groups = menu_for(actor) if actor.grants else []
    lines = [item for group in groups for item in group.items]
    here = [item.path for item in lines if _is_here(item.path, request.path)]
    return {
        "menu": groups,
        "here": max(here, key=len, default=""),
        "me": _me(request, actor),
        "done": done_of(request, DONE),
        "demo": settings.DEMO,
        "nonce": getattr(request, "csp_nonce", ""),
    }


def _is_here(path: str, current: str) -> bool:
    return current == path or (path != "/console/" and current.startswith(path))


def _me(request: HttpRequest, actor: Actor) -> dict[str, object]:
    person = request.user
    if not isinstance(person, Person) or not actor.grants:
        return {}
    grant = actor.grants[0]
    return {
        "name": mask_name(person.legal_name) or mask_phone(person.phone),
        "role": ROLES[grant.role].title,
        "org": Org.objects.filter(pk=grant.org_id).values_list("name", flat=True).first() or "",
        "more": len(actor.grants) - 1,
    }


def next_of(request: HttpRequest, default: str = "/console/") -> str:
    """Where to go after signing in: a page of ours, or the start."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if ours and wanted.startswith(("/console", "/cockpit")) else default
