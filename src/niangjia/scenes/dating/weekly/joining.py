"""Two who both said yes here become a pair of dating, in the one table of pairs."""

from datetime import datetime
from uuid import UUID

from niangjia.core.messages import services as messages
from niangjia.scenes.dating.events.closing import apart, join
from niangjia.scenes.dating.models import Profile


def join_two(one: UUID, other: UUID, now: datetime) -> bool:
    """Says whether they are a pair now: somebody may meanwhile have blocked, left, or become a colleague."""
    couples = apart([(min(one, other), max(one, other))], now)
    join(couples, now)
    people = Profile.objects.filter(pk__in=[one, other] if couples else []).order_by("person_id")
    messages.send_many(person_ids=list(people.values_list("person_id", flat=True)), template="dating_mutual", now=now)
    return bool(couples)
