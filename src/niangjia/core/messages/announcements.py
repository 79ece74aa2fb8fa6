"""Notices of a union to everybody at and below it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core.access.policies import NONE, Policy, within
from niangjia.core.access.types import Actor
from niangjia.core.audit import services as audit
from niangjia.core.messages.models import Announcement
from niangjia.kernel.errors import Conflict, Forbidden, Invalid

PUBLISH = "announcements.publish"


class AnnouncementPolicy(Policy[Announcement]):
    model = Announcement

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, PUBLISH) if action in ("see", "withdraw") else NONE


def standing_above(path: str, *, step: int) -> QuerySet[Announcement]:
    """What stands for somebody at this place of the tree, newest first."""
    above = [path[:end] for end in range(step, len(path) + 1, step)]
    standing = Announcement.objects.filter(published_at__isnull=False, withdrawn_at=None, org__path__in=above)
    return standing.select_related("org").order_by("-published_at", "-id")


@transaction.atomic
def publish(*, actor: Actor, org_id: UUID, path: str, title: str, body: str, now: datetime) -> Announcement:
    """Publish to the organisation at `path` and everybody below it."""
    if not any(path.startswith(root) for root in actor.paths(PUBLISH)):
        raise Forbidden(_("You cannot publish for this organisation."), next_step=_("Choose your own or one below it."))
    hint = _("Please fill this in.")
    empty = [name for name, text in (("title", title), ("body", body)) if not text.strip()]
    if empty:
        raise Invalid(hint, fields=dict.fromkeys(empty, hint))
    notice = Announcement(
        org_id=org_id, title=title.strip()[:80], body=body.strip()[:4000], author_id=actor.person_id, published_at=now
    )
    notice.save(force_insert=True)
    audit.record(action="announced", actor_id=actor.person_id, subject_id=None, target=_target(notice), now=now)
    return notice


@transaction.atomic
def withdraw(*, actor: Actor, announcement_id: UUID, now: datetime) -> None:
    notice = AnnouncementPolicy().get(actor, "withdraw", pk=announcement_id)
    if not Announcement.objects.filter(pk=notice.pk, withdrawn_at=None).update(withdrawn_at=now):
        raise Conflict(_("This notice was taken back already."), next_step=_("Please load the page again."))
    audit.record(
        action="announcement_withdrawn", actor_id=actor.person_id, subject_id=None, target=_target(notice), now=now
    )


def _target(notice: Announcement) -> tuple[str, object]:
    return ("inbox_announcement", notice.pk)
