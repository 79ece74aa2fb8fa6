"""Asking to see a hidden number of somebody, and seeing it once when a colleague agreed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.attestations.desk_roles import CONFIRM
from niangjia.core.attestations.services import standing
from niangjia.core.pages import go, key_of, status_of, told
from niangjia.interfaces.console import permissions, two_people
from niangjia.interfaces.console.frame import page
from niangjia.interfaces.console.policies import people
from niangjia.kernel import clock
from niangjia.kernel.china import mask_name, mask_phone
from niangjia.kernel.errors import DomainError


@access.needs(permissions.ASK_REVEAL, fresh=True)
def ask_reveal(request: HttpRequest) -> HttpResponse:
    actor = access.actor_of(request)
    person = people.get(actor, "reveal", pk=key_of(request, "person"))
    context: dict[str, Any] = {
        "person": person,
        "name": mask_name(person.legal_name),
        "phone": mask_phone(person.phone),
        "choices": two_people.WHAT,
    }
    title = _("Ask to see a hidden number")
    if request.method != "POST":
        return page(request, "console/ask_reveal.html", title, **context)
    try:
        two_people.ask_reveal(
            actor=actor,
            person_id=person.pk,
            what=request.POST.get("what", ""),
            purpose=request.POST.get("reason", ""),
            now=clock.now(),
        )
    except DomainError as error:
        typed = {"typed": request.POST, **told(error)}
        return page(request, "console/ask_reveal.html", title, status=status_of(error), **context, **typed)
    return go("/console/", "asked")


@access.needs(permissions.ASK_REVEAL)
def show_reveal(request: HttpRequest) -> HttpResponse:
    """The number itself: on this page once, and never in an address."""
    if request.method != "POST":
        return go("/console/")
    case, value = two_people.reveal(actor=access.actor_of(request), case_id=key_of(request, "key"), now=clock.now())
    return page(
        request,
        "console/revealed.html",
        two_people.WHAT[str(case.data["what"])],
        value=value,
        purpose=case.summary,
        receipt=case.receipt,
    )


@access.needs(CONFIRM)
def left(request: HttpRequest) -> HttpResponse:
    """An enterprise says that somebody no longer works there."""
    if request.method == "POST":
        actor = access.actor_of(request)
        standing.end_employment(actor=actor, attestation_id=key_of(request, "key"), now=clock.now())
        return go("/console/employment", "decided")
    return go("/console/employment")
