"""Importing a member roll: upload or preview it, look at it, apply it, undo it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.access.types import Actor
from niangjia.core.rolls import applying, files, jobs, staging
from niangjia.core.rolls.models import Import, State
from niangjia.core.rolls.policies import ImportPolicy, RollOrgPolicy
from niangjia.kernel.errors import Conflict

apply = applying.apply
undo = applying.undo


def preview(*, file: Iterable[bytes], file_name: str, org_id: UUID, actor: Actor, now: datetime) -> Import:
    """Read a table here and now and tell what it would do. The file is not kept."""
    found = _begin(file_name, org_id, actor, now)
    return staging.read(import_id=found.pk, file=files.pieces(file), now=now)


def upload(*, file: Iterable[bytes], file_name: str, org_id: UUID, actor: Actor, now: datetime) -> Import:
    """Take a table; the worker reads it. The file is kept sealed until then."""
    with transaction.atomic():
        found = _begin(file_name, org_id, actor, now)
        files.keep(found, file)
        jobs.read_table.defer(import_id=str(found.pk))
    return found


def apply_later(*, import_id: UUID, actor: Actor, now: datetime) -> Import:
    """Let the worker apply a preview."""
    with transaction.atomic():
        ImportPolicy().get(actor, "apply", pk=import_id)
        asked = Import.objects.filter(pk=import_id, state=State.PREVIEW)
        if not asked.update(state=State.APPLYING, why="", by=actor.person_id, touched_at=now):
            raise Conflict(_("There is nothing to apply here."), next_step=_("Upload the table again."))
        jobs.apply_table.defer(import_id=str(import_id), actor_id=str(actor.person_id))
    return Import.objects.get(pk=import_id)


def drop(*, import_id: UUID, actor: Actor, now: datetime) -> Import:
    """Throw a preview away."""
    with transaction.atomic():
        ImportPolicy().get(actor, "drop", pk=import_id)
        found = Import.objects.select_for_update().get(pk=import_id)
        if found.state not in (State.PREVIEW, State.WAITING, State.REFUSED):
            raise Conflict(_("This import is done already."), next_step=_("You can undo it."))
        jobs.forget(found)
    return found


def _begin(file_name: str, org_id: UUID, actor: Actor, now: datetime) -> Import:
    org = RollOrgPolicy().get(actor, "import", pk=org_id)
    name = "".join(char for char in file_name if char.isprintable()).replace("\\", "/").rsplit("/", 1)[-1]
    found = Import(org=org, file_name=name[-120:], by_id=actor.person_id, made_at=now, touched_at=now)
    found.save(force_insert=True)
    return found
