"""Taking one's own data along, and being forgotten."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from niangjia.engines.allocation import services as allocation
from niangjia.scenes.activities.models import Activity, Answers, Certificate, LiveQuestion, Series, SurveyDone
from niangjia.scenes.activities.selectors.mine import consequences, everything, missed
from niangjia.scenes.activities.services import tastes


def export(person_id: UUID) -> dict[str, Any]:
    """Everything activities hold of this person, and nothing of anybody else."""
    answers = Answers.objects.filter(person_id=person_id).select_related("activity").order_by("activity__starts_at")
    certificates = Certificate.objects.filter(person_id=person_id).select_related("activity").order_by("made_at")
    asked = LiveQuestion.objects.filter(person_id=person_id).select_related("activity").order_by("asked_at")
    surveys = SurveyDone.objects.filter(person_id=person_id).order_by("activity__starts_at")
    return {
        "registrations": everything(person_id),
        "answers": [{"activity": row.activity.title, "answers": json.loads(row.answers)} for row in answers],
        "questions": [{"activity": row.activity.title, "text": row.text, "at": row.asked_at} for row in asked],
        "certificates": [{"activity": row.activity.title, "code": row.code, "at": row.made_at} for row in certificates],
        "surveys_answered": list(surveys.values_list("activity__title", flat=True)),
        "absences": [{"activity": row.title, "at": row.booking.absent_at} for row in missed(person_id)],
        "consequences": [{"since": held.row.since, "until": held.row.until} for held in consequences(person_id)],
        "likes": tastes.of(person_id),
    }


@transaction.atomic
def erase(person_id: UUID, now: datetime) -> None:
    """Places that lie ahead go to the next in line; a question that was let through loses its author."""
    allocation.forget_person(person_id=person_id, now=now)
    for model in (Answers, Certificate, SurveyDone):
        model._default_manager.filter(person_id=person_id).delete()
    LiveQuestion.objects.filter(person_id=person_id, state="waiting").delete()
    LiveQuestion.objects.filter(person_id=person_id).update(person=None)
    for made in (Activity, Series):
        made._default_manager.filter(made_by_id=person_id).update(made_by=None)
    tastes.forget(person_id)
