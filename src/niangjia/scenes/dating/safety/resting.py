"""A break that ends by itself: one tap on a bad day."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from niangjia.core.consent import purposes
from niangjia.core.consent import selectors as consent
from niangjia.core.messages import services as messages
from niangjia.kernel import clock
from niangjia.scenes.dating.models import Profile, Visibility
from niangjia.scenes.dating.safety.models import Rest
from niangjia.scenes.dating.safety.types import REST_DAYS, RestFor
from niangjia.scenes.dating.selectors.people import own
from niangjia.scenes.dating.services import profiles

MORNING = time(8)


@transaction.atomic
def rest(*, person_id: UUID, how_long: RestFor, now: datetime) -> datetime:
    """Out of everybody's sight until a morning to come. Asked again, the later wish holds."""
    me = Profile.objects.select_for_update().get(pk=own(person_id).pk)
    day = clock.today(now) + timedelta(days=REST_DAYS[how_long])
    until = datetime.combine(day, MORNING, clock.SHANGHAI)
    resting = Rest.objects.filter(profile=me).update(until=until)
    if not resting and me.visibility != Visibility.PAUSED:
        Rest.objects.create(profile=me, until=until, before=me.visibility)
        profiles.pause(person_id=person_id, now=now)
    return until


def rest_of(me: Profile) -> Rest | None:
    return Rest.objects.filter(profile=me).first() if me.visibility == Visibility.PAUSED else None


def wake(*, now: datetime) -> int:
    """Those whose morning has come, each as they were before; but not who has taken their consent back meanwhile."""
    due = list(Rest.objects.filter(until__lte=now).values_list("pk", flat=True)[:500])
    return sum(_wake(key, now) for key in due)


@transaction.atomic
def _wake(profile_id: UUID, now: datetime) -> bool:
    row = Rest.objects.select_for_update(of=("self",)).filter(pk=profile_id, until__lte=now).first()
    me = Profile.objects.select_for_update().filter(pk=profile_id).first()
    if row is None or me is None:
        return False
    row.delete()
    if me.visibility != Visibility.PAUSED or not consent.has(person_id=me.person_id, purpose=purposes.PROFILE):
        return False
    profiles.save(person_id=me.person_id, changes={"visibility": row.before}, now=now)
    messages.send(person_id=me.person_id, template="dating_rest_over", now=now)
    return True


def consent_withdrawn(person_id: UUID, purpose: str, now: datetime) -> None:
    """Without the consent nobody comes back by themselves."""
    if purpose == purposes.PROFILE:
        Rest.objects.filter(profile__person=person_id).delete()
