"""Big tables are read and applied by the worker. A worker that dies leaves nothing half done; another takes over."""

from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from niangjia.core.access.selectors import grants_of
from niangjia.core.access.types import Actor
from niangjia.core.rolls import applying, files, staging
from niangjia.core.rolls.models import Import, State
from niangjia.core.rolls.policies import RollOrgPolicy
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError

STUCK = timedelta(minutes=10)
PREVIEW_LIFE = timedelta(days=7)


@app.task(queue="rolls")
def read_table(import_id: str) -> None:
    """Read an uploaded table, if the one who uploaded it may still do so."""
    found = Import.objects.filter(pk=import_id, state=State.WAITING).first()
    if found is None:
        return
    if not RollOrgPolicy().may(_actor_of(found.by_id), "import", found.org):
        found.state, found.why, found.touched_at = State.REFUSED, "no_permission", clock.now()
        found.save(update_fields=["state", "why", "touched_at"])
        found.parts.all().delete()
        return
    staging.read(import_id=found.pk, file=list(files.kept(found.pk)), now=clock.now())


@app.task(queue="rolls")
def apply_table(import_id: str, actor_id: str) -> None:
    """Apply a preview. When it cannot be done, it is a preview again, and its page says why."""
    if not Import.objects.filter(pk=import_id, state=State.APPLYING).exists():
        return
    try:
        applying.apply(import_id=UUID(import_id), actor=_actor_of(UUID(actor_id)), now=clock.now())
    except DomainError as error:
        Import.objects.filter(pk=import_id, state__in=[State.APPLYING, State.PREVIEW]).update(
            state=State.PREVIEW, why=error.code, touched_at=clock.now()
        )


def _actor_of(person_id: UUID | None) -> Actor:
    """The person with the roles they hold now, not those of when they asked (check B5)."""
    return Actor(person_id=person_id, grants=grants_of(person_id) if person_id else ())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="rolls-resume")
def resume(timestamp: int) -> None:
    """Imports whose worker died are taken up again; previews that nobody applied are forgotten."""
    now = clock.now()
    stuck = Import.objects.filter(touched_at__lt=now - STUCK)
    for found in stuck.filter(state__in=[State.WAITING, State.APPLYING]):
        Import.objects.filter(pk=found.pk).update(touched_at=now)
        if found.state == State.WAITING:
            read_table.defer(import_id=str(found.pk))
        else:
            apply_table.defer(import_id=str(found.pk), actor_id=str(found.by_id))
    for old in Import.objects.filter(state=State.PREVIEW, touched_at__lt=now - PREVIEW_LIFE):
        forget(old)


@app.periodic(cron="50 18 * * *")
@app.task(queueing_lock="rolls-forget")
def forget_what_ended(timestamp: int) -> None:
    """Ten to three at night in China."""
    applying.forget_what_ended(now=clock.now())


def forget(found: Import) -> None:
    """Nothing of a preview stays but that it was."""
    found.staged.all()._raw_delete(found.staged.db)
    found.bad_rows.all()._raw_delete(found.bad_rows.db)
    found.parts.all().delete()
    found.state, found.sample, found.touched_at = State.DROPPED, "", clock.now()
    found.save(update_fields=["state", "sample", "touched_at"])
