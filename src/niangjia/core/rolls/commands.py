"""`niangjia import FILE --org NAME_OR_ID [--apply]`: for whoever runs the machine, who acts for that organisation."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from niangjia.core.access.types import Actor, Grant
from niangjia.core.orgs.commands import named
from niangjia.core.rolls import selectors, services
from niangjia.core.rolls.files import PIECE
from niangjia.core.rolls.models import Import, State
from niangjia.core.rolls.policies import PERMISSION
from niangjia.core.rolls.reading import REFUSALS
from niangjia.kernel.errors import Invalid

_SHOWN = 20  # bad rows printed; the rest goes into the table beside the file


def run(*, file: Path, org: str, apply: bool, now: datetime) -> Iterator[str]:
    """Preview a table and, if asked, apply it; yields what there is to say, raises DomainError when it cannot be done.

    Bad rows are written beside the file.
    """
    place = named(org)
    operator = Actor(grants=(Grant("operator", place.pk, place.path, frozenset({PERMISSION})),))
    found = services.preview(file=_read(file), file_name=file.name, org_id=place.pk, actor=operator, now=now)
    if found.state == State.REFUSED:
        raise Invalid(REFUSALS[found.why])
    yield from _told(found, file)
    if apply:
        services.apply(import_id=found.pk, actor=operator, now=now)
        yield _("Applied. If it was wrong, undo it in the back office.")
    else:
        services.drop(import_id=found.pk, actor=operator, now=now)
        yield _("Nothing was changed. Add --apply to apply it.")


def _read(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
    except OSError as error:
        raise Invalid(_("The file cannot be read: %(why)s") % {"why": error.strerror}) from error


def _told(found: Import, file: Path) -> Iterator[str]:
    line = _(
        "new %(new)d, changed %(changed)d, unchanged %(same)d, left %(left)d, marked as left %(gone)d, bad %(bad)d"
    )
    yield line % found.counts
    for bad in found.bad_rows.order_by("row", "pk")[:_SHOWN]:
        yield f"  {bad.row}: {selectors.reason_of(bad)}"
    if found.counts["bad"]:
        beside = file.with_name(f"{file.stem}.bad.csv")
        beside.write_text("".join(selectors.bad_rows_csv(found)), encoding="utf-8", newline="")
        yield _("Every bad row is named in %(file)s") % {"file": beside}
