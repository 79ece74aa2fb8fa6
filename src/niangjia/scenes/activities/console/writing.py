"""The list of activities, and writing one down."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access import Actor
from niangjia.core.pages import go, key_of, named, status_of, told
from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError, Invalid
from niangjia.scenes.activities import audience, forms
from niangjia.scenes.activities.console import reading
from niangjia.scenes.activities.console.frame import HOME, shown
from niangjia.scenes.activities.models import Activity, Way
from niangjia.scenes.activities.policies import activities
from niangjia.scenes.activities.selectors import desk, finding
from niangjia.scenes.activities.selectors.plans import plan_of
from niangjia.scenes.activities.services import publishing
from niangjia.scenes.activities.types import PRIORITIES, TOPICS


def activity_list(request: HttpRequest) -> Shown:
    which = request.GET.get("which", "ahead")
    rows = desk.of_staff(access.actor_of(request), which, clock.now())
    return shown(
        request,
        "list.html",
        _("Activities"),
        rows=desk.with_figures(list(rows[: desk.PER_PAGE])),
        total=rows.count(),
        which=which,
        now=clock.now(),
    )


def write(request: HttpRequest) -> Shown | HttpResponse:
    """A new activity, or one that exists: the same page."""
    actor, now = access.actor_of(request), clock.now()
    row = activities.get(actor, "run", pk=key_of(request)) if named(request) else None
    if request.method != "POST":
        return _page(request, actor, row, reading.fields_of(plan_of(row)) if row else reading.empty_fields(now))
    try:
        plan = reading.plan_from(request.POST)
        if row is None:
            row = publishing.draft(actor=actor, org_id=key_of(request, "org"), plan=plan, now=now)
            return go(f"{HOME}/one", "drafted", key=str(row.pk))
        publishing.change(actor=actor, activity_id=row.pk, plan=plan, now=now)
    except DomainError as error:
        typed = reading.typed_fields(request.POST)
        return _page(request, actor, row, typed, status=status_of(error), **told(error))
    return go(f"{HOME}/one", "changed", key=str(row.pk))


def _page(
    request: HttpRequest, actor: Actor, row: Activity | None, filled: dict[str, Any], *, status: int = 200, **more: Any
) -> Shown:
    return shown(
        request,
        "write.html",
        _("Change an activity") if row else _("Write down a new activity"),
        status=status,
        row=row,
        v=filled,
        orgs=[{"key": str(org.pk), "name": org.name} for org in desk.orgs_of(actor)],
        trades=desk.trades(),
        topics=TOPICS.items(),
        priorities=PRIORITIES.items(),
        ways=Way.choices,
        kinds=forms.KINDS.items(),
        facts=audience.FACT_WORDS.items(),
        districts=finding.districts(),
        series=desk.series_of(actor)[:100],
        fixed=row is not None and row.state != "draft",
        **{"fields": {}, **more},
    )


def count(request: HttpRequest) -> HttpResponse:
    """How many people qualify, while somebody tries rules: rounded to tens, nothing below ten."""
    if request.method != "POST":
        return go(HOME)
    try:
        sheet = reading.Sheet(request.POST)
        asked = audience.checked(reading.audience_from(sheet))
        if sheet.faults:
            raise Invalid(_("Please check this."), fields=sheet.faults)
    except DomainError as error:
        return JsonResponse({"words": "", "people": str(error.message)}, status=status_of(error))
    now = clock.now()
    found = audience.rounded(audience.count(asked, now))
    people = _("About {n} people qualify now.").format(n=found) if found else _("Fewer than 10 people qualify now.")
    return JsonResponse({"words": audience.in_words(asked, now), "people": str(people)})


def photo(request: HttpRequest) -> HttpResponse | Shown:
    """Hang up a picture, or take one down."""
    if request.method != "POST":
        return go(HOME)
    actor, key = access.actor_of(request), key_of(request)
    if named(request, "drop"):
        publishing.drop_photo(actor=actor, activity_id=key, photo_id=key_of(request, "drop"))
        return go(f"{HOME}/one", "changed", key=str(key))
    upload = request.FILES.get("photo")
    if not isinstance(upload, UploadedFile):
        raise Invalid(_("Please choose a picture."), next_step=_("JPEG, PNG or WebP, up to 12 MB."))
    publishing.add_photo(actor=actor, activity_id=key, upload=upload, now=clock.now())
    return go(f"{HOME}/one", "changed", key=str(key))
