"""Reading the rolls: who is on which, and what an import did."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from niangjia.core.accounts.models import Person
from niangjia.core.orgs.models import Employer
from niangjia.core.rolls.models import BadRow, Import, RollEntry
from niangjia.core.rolls.reading import REFUSALS
from niangjia.core.rolls.types import REASONS, RETURNED
from niangjia.kernel.cells import harmless


def vouching(*, id_index: OuterRef, phone_index: OuterRef, employer: OuterRef) -> QuerySet[RollEntry]:
    """Living entries that speak for somebody at an employer, for use within another query (`Exists`).

    An entry with an ID number speaks for its owner only, whoever has that phone now; one without goes by the phone.
    """
    same = Q(id_index=id_index) | Q(id_index=None, phone_index=phone_index)
    return RollEntry.objects.filter(same, employer_id=employer, ended=None)


def on_roll(*, person: Person, employer: Employer) -> bool:
    """Whether the employer's roll has this person now."""
    return entries_of(person).filter(employer=employer).exists()


def employers_of(*, person: Person) -> QuerySet[Employer]:
    """The employers on whose rolls the person stands now."""
    return Employer.objects.filter(pk__in=entries_of(person).values("employer_id"), ended_at=None).order_by(
        "name", "pk"
    )


def entries_of(person: Person) -> QuerySet[RollEntry]:
    """A person without ID number or phone is on no roll: nothing equals nothing here."""
    same = Q(pk__in=[])
    if person.id_index is not None:
        same |= Q(id_index=bytes(person.id_index))
    if person.phone_index is not None:
        same |= Q(id_index=None, phone_index=bytes(person.phone_index))
    return RollEntry.objects.filter(same, ended=None)


def employers_changed_since(moment: datetime) -> set[UUID]:
    """Employers whose roll an import may have changed since then, applied or undone."""
    touched = Import.objects.filter(Q(applied_at__gte=moment) | Q(undone_at__gte=moment))
    return set(touched.values_list("employers", flat=True)) - {None}


def bad_rows_csv(found: Import) -> Iterator[str]:
    """Lines of a table of the bad rows: row number, reason. No cell of it can become a formula."""
    yield "\ufeff行号,原因\r\n"
    for bad in found.bad_rows.order_by("row", "pk").iterator(chunk_size=5_000):
        yield f'{bad.row},"{harmless(reason_of(bad))}"\r\n'


def why_of(found: Import) -> str:
    """Why an import was refused, or came back as a preview instead of being applied; "" when neither."""
    return str({**REFUSALS, **RETURNED}.get(found.why, found.why))


def reason_of(bad: BadRow) -> str:
    return str(REASONS[bad.reason]).format(other=bad.other)
