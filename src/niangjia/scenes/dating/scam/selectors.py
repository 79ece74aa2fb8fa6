"""What the guard holds of somebody."""

from typing import Any
from uuid import UUID

from niangjia.scenes.dating.scam.models import Alarm, CoolingOff


def export(person_id: UUID) -> dict[str, Any]:
    """My pauses, what was warned of in my words, the warnings I was shown; of nobody else."""
    pauses = CoolingOff.objects.filter(person_id=person_id).order_by("made_at")
    mine = Alarm.objects.filter(sender__person_id=person_id).order_by("at")
    shown = Alarm.objects.filter(receiver__person_id=person_id).order_by("at")
    return {
        "pauses": [{"receipt": p.receipt, "reason": p.reason, "from": p.made_at, "until": p.until} for p in pauses],
        "warned_of": [{"at": row.at, "stage": row.stage, "words": row.evidence} for row in mine],
        "warnings_shown_to_me": [
            {"at": row.at, "stage": row.stage, "said": row.said, "opened": row.opened_at} for row in shown
        ],
    }
