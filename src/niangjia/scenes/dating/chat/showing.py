"""What an officer sees of a conversation: the messages that a member showed with a report, and no others."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from niangjia.core.accounts.services import epoch_of
from niangjia.core.endpoints import person_of
from niangjia.core.files.services import photo_url
from niangjia.core.registry import ConsolePage
from niangjia.engines.workflow.types import Exhibit
from niangjia.kernel import clock
from niangjia.kernel.errors import NotFound
from niangjia.scenes.dating import processes
from niangjia.scenes.dating.chat import sounds
from niangjia.scenes.dating.chat.models import Quoted
from niangjia.scenes.dating.chat.types import opened, quoted_place
from niangjia.scenes.dating.models import Report
from niangjia.scenes.dating.types import HANDLE_REPORTS

PATH: Final = "/console/dating/chat/voice"
_SALT = "dating-chat-voice"
_LIFE = timedelta(minutes=15)


def exhibits(report: Report, viewer_id: UUID, now: datetime) -> Iterator[Exhibit]:
    """One for each message, in their order."""
    rows = list(Quoted.objects.filter(report=report).order_by("at", "pk"))
    epoch = epoch_of(viewer_id) if rows else 0
    for row in rows:
        who = _("The one who reports wrote") if row.by_reporter else _("The one reported wrote")
        yield Exhibit(
            f"{who}, {row.at.astimezone(clock.SHANGHAI):%m-%d %H:%M}",
            text=row.text or ("" if row.photo_id or row.seconds else _("(taken back)")),
            image=photo_url(row.photo_id, viewer_id, "full", now, epoch=epoch) if row.photo_id else "",
            sound=_address(row, viewer_id, epoch) if row.seconds else "",
        )


def _address(row: Quoted, viewer_id: UUID, epoch: int) -> str:
    """Shown to this viewer alone, while their sessions live, for a quarter of an hour."""
    token = signing.dumps([row.pk.hex, viewer_id.hex, epoch], salt=_SALT)
    return f"{PATH}?{urlencode({'token': token})}"


def voice(request: HttpRequest) -> HttpResponse:
    """The sound of a quoted voice note."""
    viewer = person_of(request)
    samples = _sound(request.GET.get("token", "")[:400], viewer)
    return HttpResponse(sounds.wav(samples), content_type="audio/wav")


def _sound(token: str, viewer: UUID) -> bytes:
    try:
        key, bound, epoch = signing.loads(token, salt=_SALT, max_age=_LIFE)
    except signing.BadSignature:
        key, bound, epoch = "", "", -1
    theirs = bound == viewer.hex and epoch == epoch_of(viewer)
    row = Quoted.objects.filter(pk=UUID(key)).first() if theirs else None
    if row is None or not row.sealed:
        raise NotFound(_("This recording cannot be played."), next_step=_("Please load the page again."))
    return opened(row.sealed, quoted_place(row.pk))


PAGES = (ConsolePage("", "", PATH, voice, HANDLE_REPORTS, hidden=True),)
processes.MORE.append(exhibits)
