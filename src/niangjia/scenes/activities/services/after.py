"""During and after: being there online, questions, the survey, certificates."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts import limits
from niangjia.core.messages import services as messages
from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.models import Booking, CheckInList
from niangjia.engines.allocation.types import ScanIn
from niangjia.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from niangjia.kernel.ids import receipt_number
from niangjia.scenes.activities import forms
from niangjia.scenes.activities.models import Activity, Certificate, LiveQuestion, State, SurveyDone, SurveySheet
from niangjia.scenes.activities.selectors.finding import activity_for
from niangjia.scenes.activities.selectors.mine import MyPlace, is_on, place_at, survey_is_open

QUESTIONS: Final = (limits.Limit("activity-question", 10, 3600),)
CLOSED_AFTER: Final = timedelta(hours=1)
LATE_LISTS: Final = timedelta(days=7)  # phones at the door may come back to a network so much later


def my_place(person_id: UUID, activity_id: UUID, now: datetime) -> MyPlace:
    """My place at an activity; only for those who have one."""
    activity = activity_for(person_id, activity_id, now)
    place = place_at(person_id, activity, now)
    if place is None or place.booking.state != "booked":
        raise Forbidden(_("This is for those who have a place."), next_step=_("Please register first."))
    return place


def attend(*, person_id: UUID, activity_id: UUID, now: datetime) -> str:
    """Enter a lecture: counts as arrived, once; how long is nobody's business. Returns the address of the stream."""
    place = my_place(person_id, activity_id, now)
    if not place.activity.stream or not is_on(place.activity, now):
        raise Conflict(
            _("The doors are not open now."), next_step=_("They open half an hour before it begins; see you then.")
        )
    if place.booking.arrived_at is None:
        door = CheckInList.objects.get(slot_id=place.activity.places, is_entrance=True)
        scan = ScanIn(uuid5(place.booking.pk, "attend"), now, booking_id=place.booking.pk)
        allocation.check_in(list_id=door.pk, scans=[scan], by_id=person_id, now=now)
    return place.activity.stream


def ask(*, person_id: UUID, activity_id: UUID, text: str, now: datetime) -> LiveQuestion:
    """Ask the lecturer; somebody of the organisers lets it through."""
    place = my_place(person_id, activity_id, now)
    if now > place.activity.ends_at:
        raise Conflict(_("This is over."), next_step=_("You can write to the organiser."))
    question = " ".join(text.split())
    if not 2 <= len(question) <= 200:
        raise Invalid(_("A question has 2 to 200 characters."), fields={"text": _("Please check this.")})
    limits.take(QUESTIONS, who=str(person_id), now=now)
    row = LiveQuestion(activity=place.activity, person_id=person_id, text=question, asked_at=now)
    row.save(force_insert=True)
    return row


@transaction.atomic
def answer_survey(*, person_id: UUID, activity_id: UUID, answers: Mapping[str, Any], now: datetime) -> None:
    """Two rows that know nothing of one another: a sheet without a name, and that this person has answered."""
    activity = activity_for(person_id, activity_id, now)
    place = place_at(person_id, activity, now)
    if place is None or not survey_is_open(activity, place.booking, now):
        raise Conflict(
            _("This survey is not open for you."), next_step=_("It is for those who came, for two weeks afterwards.")
        )
    sheet = forms.answered(forms.Form.model_validate(activity.survey), answers)
    try:
        with transaction.atomic():
            SurveyDone(activity=activity, person_id=person_id).save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("You have answered already."), next_step=_("Thank you; once is enough.")) from error
    SurveySheet(activity=activity, answers=sheet).save(force_insert=True)


def close_ended(*, now: datetime) -> int:
    """After the end: certificates for those who came, and an invitation to the survey. Late lists count too."""
    ended = Activity.objects.filter(
        state=State.PUBLISHED, ends_at__lte=now - CLOSED_AFTER, ends_at__gt=now - LATE_LISTS
    )
    rows = list(ended.order_by("ends_at", "pk"))
    for activity in rows:
        _close(activity, now)
    return len(rows)


@transaction.atomic
def _close(activity: Activity, now: datetime) -> None:
    came = Booking.objects.filter(slot_id=activity.places, arrived_at__isnull=False, person__isnull=False)
    people = list(came.order_by("person_id").values_list("person_id", flat=True))
    if activity.certificate:
        _certify(activity, people, now)
    first_time = Activity.objects.filter(pk=activity.pk, closed_at=None).update(closed_at=now)
    if first_time and activity.survey:
        messages.send_many(person_ids=people, template="activity_survey", params={"title": activity.title}, now=now)


def _certify(activity: Activity, people: list[UUID], now: datetime) -> None:
    have = set(Certificate.objects.filter(activity=activity).values_list("person_id", flat=True))
    new = [person_id for person_id in dict.fromkeys(people) if person_id not in have]
    Certificate.objects.bulk_create(
        Certificate(activity=activity, person_id=person_id, code=receipt_number(), made_at=now) for person_id in new
    )
    messages.send_many(person_ids=new, template="activity_certificate", params={"title": activity.title}, now=now)


def certificate_of(*, person_id: UUID, activity_id: UUID) -> Certificate:
    found = Certificate.objects.filter(person_id=person_id, activity_id=activity_id)
    row = found.select_related("activity__org", "person").first()
    if row is None:
        raise NotFound(
            _("There is no certificate here yet."), next_step=_("It is made an hour after the end, for those who came.")
        )
    return row
