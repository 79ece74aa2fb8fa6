"""Asking the worker for somebody's personal list, without what it takes to make one: web processes stay small."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from niangjia.engines.matching.services import lists
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.types import POOL

TASK: Final = "niangjia.scenes.dating.jobs.rank_members"
LOOK: Final = "niangjia.scenes.dating.scam.jobs.look_now"
MOST: Final = 200  # more at once come from a new roll, and wait for the night


def ask_for_lists(person_ids: Sequence[UUID]) -> None:
    """In the caller's transaction: the worker begins when that has been committed."""
    if 0 < len(person_ids) <= MOST:
        app.configure_task(TASK).defer(person_ids=[str(key) for key in person_ids])


def ask_for_list(person_id: UUID) -> None:
    """For somebody who looks around and has none; asking ten times is one job."""
    try:
        with transaction.atomic():
            app.configure_task(TASK, queueing_lock=f"dating-list-{person_id}").defer(person_ids=[str(person_id)])
    except AlreadyEnqueued:
        return


def ask_to_look() -> None:
    """At the new photos, as soon as this has been committed: they are not shown before."""
    try:
        with transaction.atomic():
            app.configure_task(LOOK, queueing_lock="dating-scam-photos-now").defer()
    except AlreadyEnqueued:
        return


def forget_list(person_id: UUID) -> None:
    """At once, whatever the worker is doing."""
    owners = Profile.objects.filter(person_id=person_id).values_list("pk", flat=True)
    lists.forget(pool=POOL, owners=owners)
