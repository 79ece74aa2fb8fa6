"""The list that anybody may read, to print and to share: of those who agreed to exactly this."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from niangjia.core import access
from niangjia.kernel import clock
from niangjia.scenes.dating import places
from niangjia.scenes.dating.api.frame import router
from niangjia.scenes.dating.weekly import selectors


@router.get("/weekly/print")
@access.public(reason="the list to print and share: only those who agreed to this form, with no name, photo or contact")
def printed(request: HttpRequest, town: str = "") -> HttpResponse:
    now = clock.now()
    known, towns = places.places(), [found.town for found in selectors.open_lists(now)]
    row, lines = selectors.public_list(town[:6] or next(iter(towns), ""), now)
    shown: dict[str, Any] = {
        "row": row,
        "town": known[row.town].name if row and row.town in known else "",
        "sides": [(side, [line for line in lines if line.side == side]) for side in ("f", "m")],
        "towns": [(code, known[code].name) for code in towns if code in known],
        "nonce": getattr(request, "csp_nonce", ""),
    }
    page = render(request, "dating/weekly/print.html", shown)
    page["Cache-Control"] = "no-store"  # who leaves the list is gone from it at that moment
    page["X-Robots-Tag"] = "noindex, noarchive"
    return page
