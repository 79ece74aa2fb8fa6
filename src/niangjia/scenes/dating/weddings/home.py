"""What of group weddings waits for somebody, and forgetting them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from niangjia.core.accounts.models import Person
from niangjia.scenes.dating.weddings import applying
from niangjia.scenes.dating.weddings.models import Couple


def waiting(person_id: UUID, now: datetime) -> list[dict[str, Any]]:
    if not applying.asks(person_id, now):
        return []
    title = _("Somebody applied for a wedding with you")
    return [{"code": "wedding", "title": title, "body": _("Your word is needed."), "route": "/dating/weddings"}]


@transaction.atomic
def erase(person_id: UUID, now: datetime) -> None:
    """Whoever leaves takes the application of the two along; their place goes to others."""
    rows = Couple.objects.select_for_update(of=("self",)).filter(Q(one_id=person_id) | Q(other_id=person_id))
    for couple in rows.order_by("pk"):
        applying.drop(couple, by_id=person_id, now=now)
    person = Person.objects.get(pk=person_id)
    if person.phone_index is not None:
        Couple.objects.filter(other=None, partner_index=bytes(person.phone_index)).delete()
