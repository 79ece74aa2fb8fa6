"""`niangjia import FILE --org NAME_OR_ID [--apply]`: for whoever runs the machine, who acts for that organisation."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from niangjia.core.access.types import Actor, Grant
from niangjia.core.orgs.models import Org
from niangjia.core.rolls import selectors, services
from niangjia.core.rolls.files import PIECE
from niangjia.core.rolls.models import Import, State
from niangjia.core.rolls.policies import PERMISSION
from niangjia.core.rolls.reading import REFUSALS
from niangjia.kernel.errors import DomainError, Invalid

_SHOWN = 20  # bad rows printed; the rest goes into the table beside the file


def run(*, path: Path, org: str, apply: bool, say: Callable[[str], None], now: datetime) -> bool:
    """Preview a table and, if asked, apply it; returns whether that went well. Bad rows are written beside the file."""
    try:
        place = _org(org)
        operator = Actor(grants=(Grant("operator", place.pk, place.path, frozenset({PERMISSION})),))
        found = services.preview(file=_read(path), file_name=path.name, org_id=place.pk, actor=operator, now=now)
        if found.state == State.REFUSED:
            raise Invalid(REFUSALS[found.why])
        _tell(found, path, say)
        if apply:
            services.apply(import_id=found.pk, actor=operator, now=now)
            say(_("Applied. Undo it in the back office if it was wrong."))
        else:
            say(_("Nothing was changed. Add --apply to apply it."))
            services.drop(import_id=found.pk, actor=operator, now=now)
    except DomainError as error:
        say(" ".join(str(part) for part in (error.message, error.next_step) if part))
        return False
    return True


def _org(text: str) -> Org:
    living = Org.objects.filter(ended_at=None)
    try:
        found = list(living.filter(pk=UUID(text)))
    except ValueError:
        found = list(living.filter(name=text)[:2])
    if len(found) != 1:
        raise Invalid(_("No single organisation is called %(name)s.") % {"name": text}, next_step=_("Give its id."))
    org: Org = found[0]
    return org


def _read(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
    except OSError as error:
        raise Invalid(_("The file cannot be read: %(why)s") % {"why": error.strerror}) from error


def _tell(found: Import, path: Path, say: Callable[[str], None]) -> None:
    line = _(
        "new %(new)d, changed %(changed)d, unchanged %(same)d, left %(left)d, marked as left %(gone)d, bad %(bad)d"
    )
    say(line % found.counts)
    for bad in found.bad_rows.order_by("row", "pk")[:_SHOWN]:
        say(f"  {bad.row}: {selectors.reason_of(bad)}")
    if found.counts["bad"]:
        beside = path.with_name(f"{path.stem}.bad.csv")
        beside.write_text("".join(selectors.bad_rows_csv(found)), encoding="utf-8", newline="")
        say(_("Every bad row is named in %(file)s") % {"file": beside})
