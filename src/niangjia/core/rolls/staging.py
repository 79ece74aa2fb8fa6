"""From a table to a preview: every row checked, indexed, sealed and laid ready, nothing on the roll touched."""

import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from niangjia.core.accounts.codes import phone_index
from niangjia.core.crypto import EncryptedText, blind_index
from niangjia.core.orgs.models import Employer
from niangjia.core.rolls import diff, parsing, reading
from niangjia.core.rolls.models import Import, RollEntry, State
from niangjia.core.rolls.places import Employers
from niangjia.core.rolls.tables import Refused, Row
from niangjia.core.rolls.types import BadRow, Member
from niangjia.kernel import clock
from niangjia.kernel.china import mask_id_number, mask_name, mask_phone, name_key
from niangjia.kernel.ids import new_id

SAMPLE = 5  # rows shown, masked

_STAGED = (
    "COPY rolls_stagedrow (id, of_id, row, employer_id, key, legal_name, name_index, id_index, phone_index, joined_on) "
    "FROM STDIN"
)
_BAD = "COPY rolls_badrow (of_id, row, reason, employer_id, id_index, phone_index) FROM STDIN"
_TWICE = """
WITH numbered AS (
    SELECT id, first_value(row) OVER same AS first, row_number() OVER same AS turn
    FROM rolls_stagedrow WHERE of_id = %(of)s
    WINDOW same AS (PARTITION BY employer_id, key ORDER BY row)
), twice AS (
    DELETE FROM rolls_stagedrow s USING numbered n WHERE s.id = n.id AND n.turn > 1 RETURNING s.row, n.first
)
INSERT INTO rolls_badrow (of_id, row, reason, other) SELECT %(of)s, row, 'twice', first FROM twice
"""


def read(*, import_id: UUID, file: Iterable[bytes], now: datetime) -> Import:
    """Read the table and lay its rows ready, all or nothing. What cannot be read is refused with the reason."""
    try:
        with transaction.atomic():
            found = Import.objects.select_for_update().get(pk=import_id)
            if found.state == State.WAITING:
                _stage(found, file, now)
    except Refused as refused:
        Import.objects.filter(pk=import_id).update(state=State.REFUSED, why=refused.code, touched_at=now)
        Import.objects.get(pk=import_id).parts.all().delete()
    return Import.objects.get(pk=import_id)


@dataclass
class _Laid:
    """What became of the rows so far."""

    employers: set[UUID]
    sample: list[dict[str, Any]]
    rows: int = 0
    bad: int = 0
    gone: int = 0


def _stage(found: Import, file: Iterable[bytes], now: datetime) -> None:
    laid = _Laid(employers=set(), sample=[])
    known = Employers(found.org)
    with closing(reading.batches(file)) as batches:
        for batch in batches:
            known.learn([(cells[3], cells[4]) for _, cells in batch])
            _lay(found.pk, batch, known, laid, clock.today(now))
    if not laid.rows:
        raise Refused("no_rows")
    found.employers.set(Employer.objects.filter(pk__in=laid.employers))
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE rolls_stagedrow, rolls_badrow"
        )  # or the planner takes them for empty, and joins row by row
        cursor.execute(_TWICE, {"of": found.pk})
        laid.bad += cursor.rowcount
    found.state, found.touched_at = State.PREVIEW, now
    found.counts = asdict(diff.counts(found.pk, bad=laid.bad, gone=laid.gone))
    found.sample = json.dumps(laid.sample, ensure_ascii=False)
    found.save(update_fields=["state", "touched_at", "counts", "sample"])
    found.parts.all().delete()


def _lay(import_id: UUID, batch: list[Row], known: Employers, laid: _Laid, today: date) -> None:
    good, bad = [], []
    for number, cells in batch:
        laid.rows += 1
        try:
            employer, member = known.meant(cells[3], cells[4]), parsing.member(cells, today=today)
        except BadRow as error:
            bad.append(_bad_line(import_id, number, cells, known, error.reason))
            continue
        laid.employers.add(employer)
        if member.gone:
            laid.gone += 1
            continue
        good.append(_line(import_id, number, employer, member))
        if len(laid.sample) < SAMPLE:
            laid.sample.append(_masked(number, member))
    laid.bad += len(bad)
    _copy(_STAGED, good)
    _copy(_BAD, bad)


def _copy(statement: str, lines: Iterable[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for line in lines:
            copy.write_row(line)


def _line(import_id: UUID, number: int, employer: UUID, member: Member) -> tuple[object, ...]:
    pk = new_id()
    by_id, by_phone = _id_index(member.id_number), _phone_index(member.phone)
    return (
        pk,
        import_id,
        number,
        employer,
        by_id or by_phone,
        _LEGAL_NAME.close(member.legal_name, pk),
        blind_index(name_key(member.legal_name), purpose="name"),
        by_id,
        by_phone,
        member.joined_on,
    )


def _bad_line(import_id: UUID, number: int, cells: list[str], known: Employers, reason: str) -> tuple[object, ...]:
    """With whatever can be read of it, so that nobody counts as gone because of a slip of the pen."""
    employer = _or_none(lambda: known.meant(cells[3], cells[4]))
    by_id = _or_none(lambda: _id_index(parsing.id_number(cells[1])))
    by_phone = _or_none(lambda: _phone_index(parsing.phone(cells[2])))
    return (import_id, number, reason, employer, by_id, by_phone)


def _or_none(read_it: Any) -> Any:
    try:
        return read_it()
    except BadRow:
        return None


def _id_index(number: str) -> bytes | None:
    return blind_index(number, purpose="id_number") if number else None


def _phone_index(number: str) -> bytes | None:
    return phone_index(number) if number else None


def _masked(number: int, member: Member) -> dict[str, Any]:
    return {
        "row": number,
        "name": mask_name(member.legal_name),
        "id_number": mask_id_number(member.id_number),
        "phone": mask_phone(member.phone),
        "joined_on": member.joined_on.isoformat() if member.joined_on else "",
    }


def _legal_name() -> EncryptedText:
    field = RollEntry._meta.get_field("legal_name")
    assert isinstance(field, EncryptedText)
    return field


_LEGAL_NAME = _legal_name()
