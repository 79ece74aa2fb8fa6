"""Applying and undoing an import: one transaction each, all or nothing."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from niangjia.core.access.types import Actor
from niangjia.core.audit import services as audit
from niangjia.core.orgs.models import Employer
from niangjia.core.rolls import diff
from niangjia.core.rolls.models import BadRow, Import, RollEntry, State
from niangjia.core.rolls.policies import ImportPolicy
from niangjia.core.rolls.types import ROLL_CHANGED
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict

UNDO_WITHIN = timedelta(days=90)  # as long as entries that ended are kept
LOOK_AGAIN = _("Please look at it again, then apply it.")


def apply(*, import_id: UUID, actor: Actor, now: datetime) -> Import:
    """Make the roll what the table says, exactly as the preview told; if the roll moved on meanwhile, tell anew."""
    with transaction.atomic():
        found = _locked(import_id, actor, "apply")
        if found.state == State.APPLIED:
            return found  # asked twice, done once
        if found.state not in (State.PREVIEW, State.APPLYING):
            raise Conflict(_("There is nothing to apply here."), next_step=_("Upload the table again."))
        employers = _locked_employers(found)
        seen = found.counts
        found.counts = asdict(diff.counts(found.pk, bad=seen["bad"], gone=seen["gone"]))
        unchanged = found.counts == seen
        if unchanged:
            diff.carry_out(found.pk)
            found.applied_at, found.turn = now, (Import.objects.aggregate(last=Max("turn"))["last"] or 0) + 1
        found.state = State.APPLIED if unchanged else State.PREVIEW
        _done(found, employers if unchanged else frozenset(), "roll_applied", actor, now)
    if not unchanged:
        raise Conflict(_("The roll has changed since this preview."), code="roll_changed", next_step=LOOK_AGAIN)
    return found


def undo(*, import_id: UUID, actor: Actor, now: datetime) -> Import:
    """Put the roll back exactly to what it was. Later imports for the same employers must be undone first."""
    with transaction.atomic():
        found = _locked(import_id, actor, "undo")
        if found.state != State.APPLIED:
            raise Conflict(_("This import is not in force."))
        _refuse_if_old(found, now)
        employers = _locked_employers(found)
        _refuse_if_built_upon(found)
        diff.take_back(found.pk)
        found.state, found.undone_at = State.UNDONE, now
        _done(found, employers, "roll_undone", actor, now)
    return found


def _locked(import_id: UUID, actor: Actor, action: str) -> Import:
    """The policy decides; then the row is held and read anew."""
    ImportPolicy().get(actor, action, pk=import_id)
    return Import.objects.select_for_update(of=("self",)).select_related("org").get(pk=import_id)


def _locked_employers(found: Import) -> frozenset[UUID]:
    """The employers of the import, held in the order of their keys; refused when one has left its organisation."""
    inside = list(
        Employer.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk__in=found.employers.values("pk"), org__path__startswith=found.org.path, ended_at=None)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if len(inside) != found.employers.count():
        raise Conflict(
            _("An employer in this table has ended or moved to another union."),
            code="employer_moved",
            next_step=_("Upload the table again without it."),
        )
    return frozenset(inside)


def _refuse_if_old(found: Import, now: datetime) -> None:
    if found.applied_at is not None and found.applied_at < now - UNDO_WITHIN:
        raise Conflict(
            _("This import is too old to be undone: what it replaced has been deleted."),
            code="too_old",
            next_step=_("Import the roll as it should be."),
        )


def forget_what_ended(*, now: datetime) -> int:
    """Who left a roll, and what a table's bad rows said of people, is deleted when it can no longer be needed."""
    old = Import.objects.filter(applied_at__lt=now - UNDO_WITHIN)
    BadRow.objects.filter(of__in=old.values("pk"))._raw_delete("default")
    old.exclude(sample=b"").update(sample=b"")
    return RollEntry.objects.filter(ended__in=old.values("pk"))._raw_delete("default")


def _refuse_if_built_upon(found: Import) -> None:
    later = (
        Import.objects.filter(state=State.APPLIED, turn__gt=found.turn, employers__in=found.employers.values("pk"))
        .order_by("-turn")
        .first()
    )
    if later is not None and later.applied_at is not None:
        day = clock.today(later.applied_at).isoformat()
        raise Conflict(
            _("A later import, of %(day)s, speaks about the same employers.") % {"day": day},
            code="built_upon",
            next_step=_("Undo that one first."),
        )


def _done(found: Import, employers: frozenset[UUID], action: str, actor: Actor, now: datetime) -> None:
    found.touched_at = now
    found.save(update_fields=["state", "counts", "turn", "applied_at", "undone_at", "touched_at"])
    if employers:
        target = ("rolls_import", found.pk)
        audit.record(action=action, actor_id=actor.person_id, subject_id=None, target=target, now=now)
        for hear in ROLL_CHANGED:
            hear(employers, now)
