"""Asking the worker for suggestions, without what it takes to make them."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from niangjia.scenes.dating.weekly.jobs import SUGGEST


def for_suggestions(org_id: UUID) -> None:
    """Asking ten times is one job."""
    try:
        with transaction.atomic():
            app.configure_task(SUGGEST, queueing_lock=f"dating-live-{org_id}").defer(org_id=str(org_id))
    except AlreadyEnqueued:
        return
