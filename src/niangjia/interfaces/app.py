"""The phone app: static files that WhiteNoise serves; this view is what remains for its start page."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.kernel.errors import Unavailable


@access.public(reason="the phone app holds no data; it asks the API")
def phone_app(request: HttpRequest) -> HttpResponseBase:
    page = Path(settings.WORKER_APP) / "index.html"
    if not page.exists():
        raise Unavailable(_("The phone app is not built yet."), next_step=_("Run: make app"))
    return FileResponse(page.open("rb"), content_type="text/html; charset=utf-8")
