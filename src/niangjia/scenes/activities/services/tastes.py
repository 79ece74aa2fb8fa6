"""What somebody likes to be told of."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Invalid
from niangjia.scenes.activities.models import Taste
from niangjia.scenes.activities.selectors.finding import districts
from niangjia.scenes.activities.types import TOPICS


def save(*, person_id: UUID, topics: Sequence[str], district: str) -> Taste:
    hint = _("Please choose from the list.")
    if set(topics) - TOPICS.keys():
        raise Invalid(hint, fields={"topics": hint})
    if district and district not in dict(districts()):
        raise Invalid(hint, fields={"district": hint})
    wanted = {"topics": [code for code in TOPICS if code in topics], "district": district}
    row, _made = Taste.objects.update_or_create(person_id=person_id, defaults=wanted)
    return row


def of(person_id: UUID) -> dict[str, object] | None:
    row = Taste.objects.filter(person_id=person_id).first()
    return {"topics": row.topics, "district": row.district} if row else None


def forget(person_id: UUID) -> None:
    Taste.objects.filter(person_id=person_id).delete()
