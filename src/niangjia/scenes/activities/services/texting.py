"""Text messages, for the few things that cannot wait until somebody opens the app."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from niangjia.core.accounts.models import Person
from niangjia.core.consent import purposes
from niangjia.core.consent.models import ConsentRecord
from niangjia.core.messages import services as messages

_WORDS: Final = ("title", "day", "time", "place", "reason")


def text_people(*, person_ids: Collection[UUID], template: str, params: Mapping[str, str], now: datetime) -> None:
    """To those of these people who agreed to text messages. It names nobody."""
    latest = ConsentRecord.objects.filter(person_id__in=person_ids, purpose=purposes.SMS)
    given = dict(latest.order_by("person_id", "id").values_list("person_id", "given"))  # the last one stands
    agreed = [person_id for person_id, yes in given.items() if yes]
    words = {name: params[name] for name in _WORDS if params.get(name)}
    for person in Person.objects.filter(pk__in=agreed, closed_at=None).order_by("pk"):
        messages.send_sms(phone=person.phone, template=template, params=words, now=now, person_id=person.pk)
