"""The verification desk: what somebody claims beside what they show, and the decision with a reason from a list."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access import Actor
from niangjia.core.attestations.desk_roles import CONFIRM, VERIFY
from niangjia.core.attestations.models import Request
from niangjia.core.attestations.policies import RequestPolicy
from niangjia.core.attestations.services import desk
from niangjia.core.pages import go, status_of, told
from niangjia.interfaces.console.frame import page
from niangjia.interfaces.console.permissions import WORK
from niangjia.kernel import clock
from niangjia.kernel.china import mask_name, mask_phone, sentences
from niangjia.kernel.errors import DomainError, NotFound

DOCUMENT_REASONS = (
    _("The photo is blurred or cut off. Please take it again in daylight."),
    _("The name on the document is not the name you wrote."),
    _("The ID number on the document is not the number you wrote."),
    _("The document has expired."),
    _("This is not an identity document."),
)
EMPLOYMENT_REASONS = (
    _("We found nobody of this name and phone number with us."),
    _("You have left this employer."),
    _("You work for a branch with a name of its own. Please choose that one."),
)


@access.needs(VERIFY)
def verify_list(request: HttpRequest) -> HttpResponse:
    return _list(request, _("Verify documents and employers"), "union")


@access.needs(CONFIRM)
def confirm_list(request: HttpRequest) -> HttpResponse:
    return _list(request, _("Confirm our people"), "enterprise")


def _list(request: HttpRequest, title: object, at: str) -> HttpResponse:
    waiting = RequestPolicy().which(access.actor_of(request), "decide").filter(state="waiting", desk=at)
    rows = waiting.select_related("org", "employer", "person").order_by("due_on", "id")
    today = clock.today(clock.now())
    return page(request, "console/requests.html", title, rows=rows[:100], total=waiting.count(), today=today, desk=at)


@access.needs(WORK)
def request_page(request: HttpRequest) -> HttpResponse:
    """Opened by POST: looking at somebody's document is recorded and shown to its owner."""
    if request.method != "POST":
        return go("/console/")
    return _show(request, access.actor_of(request), _key(request))


@access.needs(WORK)
def decide(request: HttpRequest) -> HttpResponse:
    """Accept or refuse, then on to the next one that waits."""
    if request.method != "POST":
        return go("/console/")
    actor, key = access.actor_of(request), _key(request)
    reason = sentences(request.POST.get("ready", ""), request.POST.get("reason", ""))
    accept = request.POST.get("accept") == "yes"
    try:
        decided = desk.decide(actor=actor, request_id=key, accept=accept, reason=reason, now=clock.now())
    except NotFound:
        raise
    except DomainError as error:
        return _show(request, actor, key, status=status_of(error), typed=request.POST, **told(error))
    return go("/console/verify" if decided.desk == "union" else "/console/confirm", "decided")


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise NotFound(_("We could not find that."), next_step=_("Please go back and look again.")) from error


def _show(request: HttpRequest, actor: Actor, key: UUID, status: int = 200, **context: object) -> HttpResponse:
    opened = desk.open_request(actor=actor, request_id=key, now=clock.now())
    is_document = opened.request.kind == "real_person"
    return page(
        request,
        "console/request.html",
        _("Identity document") if is_document else _("Employment to confirm"),
        status=status,
        opened=opened,
        row=opened.request,
        is_document=is_document,
        name=_name(opened.request, opened.legal_name),
        phone=mask_phone(opened.request.person.phone),
        reasons=DOCUMENT_REASONS if is_document else EMPLOYMENT_REASONS,
        may_decide=RequestPolicy().may(actor, "decide", opened.request) and opened.request.state == "waiting",
        **context,
    )


def _name(request: Request, legal_name: str) -> str:
    """In full where it is compared with a document, and for the firm that must know its own people; else masked."""
    return legal_name if request.state == "waiting" else mask_name(legal_name)
