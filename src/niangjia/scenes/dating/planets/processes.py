"""How posts are looked at and meet-ups agreed to, as data (engine `workflow`)."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts.services import epoch_of
from niangjia.core.files.services import photo_url
from niangjia.engines.workflow.selectors import first_of
from niangjia.engines.workflow.types import Exhibit, Process, Transition, register
from niangjia.kernel import clock
from niangjia.scenes.dating.held import KEEP, SHOW, TAKE_DOWN
from niangjia.scenes.dating.planets import meeting, reviewing
from niangjia.scenes.dating.planets.models import Meetup, PostPhoto, Review
from niangjia.scenes.dating.planets.types import (
    AGREE_MEETUP,
    HELD,
    LOOK_AT_POST,
    MEETUP_APPEAL,
    POST_APPEAL,
    RUN_PLANETS,
)
from niangjia.scenes.dating.types import REPORT_REASONS

_REFUSE = (
    _("The place or the time does not suit a first meeting of people who do not know each other."),
    _("Something like it is planned already; please join that."),
)
_STATES = {
    "open": _("Waiting"),
    "shown": _("Shown"),
    "down": _("Taken down"),
    "kept": _("Decision kept"),
    "agreed": _("Agreed"),
    "refused": _("Refused"),
}


def post_exhibits(case_id: UUID, viewer_id: UUID, now: datetime) -> tuple[Exhibit, ...]:
    """What was said, the words that were marked, and the pictures."""
    row = Review.objects.filter(case_id=first_of(case_id)).first()
    if row is None:
        return ()
    why = _("Held back for these words") if row.why == HELD else _("Reported")
    told = row.words if row.why == HELD else str(REPORT_REASONS.get(row.why, row.why))
    epoch = epoch_of(viewer_id)
    photos = PostPhoto.objects.filter(post=row.post_id).order_by("place").values_list("photo_id", flat=True)
    pictures = [
        Exhibit(_("Picture"), image=photo_url(photo, viewer_id, "full", now, epoch=epoch))
        for photo in (photos if row.post_id else ())
    ]
    return (Exhibit(_("The post"), text=row.said), Exhibit(why, text=told), *pictures)


def meetup_exhibits(case_id: UUID, viewer_id: UUID, now: datetime) -> tuple[Exhibit, ...]:
    row = Meetup.objects.filter(case_id=first_of(case_id)).select_related("planet").first()
    if row is None:
        return ()
    times = [f"{at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}" for at in (row.starts_at, row.ends_at)]
    lines = (row.planet.title, row.title, row.place, " – ".join(times), _("{n} places").format(n=row.places))
    return (Exhibit(_("The meet-up"), text="\n".join(map(str, lines))), Exhibit(_("In their words"), text=row.about))


register(
    Process(
        kind=LOOK_AT_POST,
        title=_("A post to look at"),
        start="open",
        transitions=(SHOW, TAKE_DOWN),
        days=1,
        states=_STATES,
        after=reviewing.decided,
        exhibits=post_exhibits,
        appeal=POST_APPEAL,
    ),
    Process(
        kind=POST_APPEAL,
        title=_("Appeal about a post"),
        start="open",
        transitions=(KEEP, SHOW, TAKE_DOWN),
        days=3,
        states=_STATES,
        after=reviewing.appeal_decided,
        exhibits=post_exhibits,
    ),
    Process(
        kind=AGREE_MEETUP,
        title=_("A meet-up to agree to"),
        start="open",
        transitions=(
            Transition("agree", _("Agree"), "open", "agreed", RUN_PLANETS, needs_reason=False, tone="good"),
            Transition("refuse", _("Refuse"), "open", "refused", RUN_PLANETS, reasons=_REFUSE),
        ),
        days=3,
        states=_STATES,
        after=meeting.decided,
        exhibits=meetup_exhibits,
        appeal=MEETUP_APPEAL,
    ),
    Process(
        kind=MEETUP_APPEAL,
        title=_("A second look at a meet-up"),
        start="open",
        transitions=(
            Transition("keep", _("Keep the decision"), "open", "kept", RUN_PLANETS),
            Transition("agree", _("Agree"), "open", "agreed", RUN_PLANETS, needs_reason=False, tone="good"),
        ),
        days=3,
        states=_STATES,
        after=meeting.appeal_decided,
        exhibits=meetup_exhibits,
    ),
)
