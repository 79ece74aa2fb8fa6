"""Writing to everybody at and below an organisation."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.messages import announcements
from niangjia.core.messages.announcements import PUBLISH
from niangjia.core.orgs.models import Org
from niangjia.core.orgs.policies import OrgPolicy
from niangjia.core.pages import go, key_of, status_of, told
from niangjia.interfaces.console.frame import page
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError


@access.needs(PUBLISH)
def write(request: HttpRequest) -> HttpResponse:
    actor = access.actor_of(request)
    mine = Org.objects.filter(pk__in={grant.org_id for grant in actor.grants if PUBLISH in grant.permissions})
    chosen = OrgPolicy().which(actor, "see").filter(pk=key_of(request, "org")) if _has(request) else Org.objects.none()
    context: dict[str, Any] = {"orgs": [*chosen, *mine.exclude(pk__in=chosen.values("pk")).order_by("path")]}
    title = _("Write an announcement")
    if request.method != "POST":
        return page(request, "console/write_announcement.html", title, **context)
    try:
        org = OrgPolicy().get(actor, "see", pk=key_of(request, "org"))
        announcements.publish(
            actor=actor,
            org_id=org.pk,
            path=org.path,
            title=request.POST.get("title", ""),
            body=request.POST.get("body", ""),
            now=clock.now(),
        )
    except DomainError as error:
        typed = {"typed": request.POST, **told(error)}
        return page(request, "console/write_announcement.html", title, status=status_of(error), **context, **typed)
    return go("/console/announcements", "published")


def _has(request: HttpRequest) -> bool:
    return bool(request.POST.get("org") or request.GET.get("org"))


@access.needs(PUBLISH)
def withdraw(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        actor = access.actor_of(request)
        announcements.withdraw(actor=actor, announcement_id=key_of(request, "key"), now=clock.now())
        return go("/console/announcements", "withdrawn")
    return go("/console/announcements")
