"""`niangjia import --divisions 33` and `niangjia import FILE --employers --org NAME`: setting up an installation."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.core.access.types import Actor, Grant
from niangjia.core.orgs import employers, services
from niangjia.core.orgs.models import Org
from niangjia.kernel.errors import DomainError, Invalid

_DIVISIONS = Path(__file__).with_name("data") / "divisions.csv"
COLUMNS = ("统一社会信用代码", "单位名称", "区划代码", "行业")


def named(text: str) -> Org:
    """The living organisation of this id or name."""
    living = Org.objects.filter(ended_at=None)
    try:
        found = list(living.filter(pk=UUID(text)))
    except ValueError:
        found = list(living.filter(name=text)[:2])
    if len(found) != 1:
        raise Invalid(_("No single organisation is called %(name)s.") % {"name": text}, next_step=_("Give its id."))
    org: Org = found[0]
    return org


def plant_divisions(*, prefix: str, now: datetime) -> Iterator[str]:
    """The general unions of all divisions whose code begins so (33: Zhejiang). What is there already stays."""
    planted = services.load_divisions(_DIVISIONS.read_text().splitlines(), only=prefix, now=now)
    yield _("%(count)s offices planted.") % {"count": planted}


def register_employers(*, file: Path, org: Org, now: datetime) -> Iterator[str]:
    """The firms of a table (csv in UTF-8, columns as in COLUMNS) under one union: all of them, or none and why."""
    operator = Actor(grants=(Grant("operator", org.pk, org.path, frozenset({"orgs.manage"})),))
    with file.open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    missing = [column for column in COLUMNS[:3] if rows and column not in rows[0]]
    if missing or not rows:
        raise Invalid(_("The table needs these columns: %(names)s") % {"names": "、".join(COLUMNS)})
    with transaction.atomic():
        faults = [told for line, row in enumerate(rows, start=2) if (told := _register(line, row, org, operator, now))]
        if faults:
            raise Invalid("\n    ".join(faults), next_step=_("Nothing was changed. Mend these rows and try again."))
    yield _("%(count)s firms registered under %(org)s.") % {"count": len(rows), "org": org.name}


def _register(line: int, row: dict[str, str], org: Org, operator: Actor, now: datetime) -> str:
    """What is wrong with this row; empty when it is registered."""
    code, name, district = (row[column].strip() for column in COLUMNS[:3])
    try:
        with transaction.atomic():
            employers.register(
                org_id=org.pk,
                uscc=code,
                name=name,
                district=district,
                industry=(row.get(COLUMNS[3]) or "").strip(),
                actor=operator,
                now=now,
            )
    except DomainError as error:
        return _("Row %(line)s (%(name)s): %(why)s") % {"line": line, "name": name, "why": error.message}
    return ""
