"""Looking around in one's circle, and saying what links."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts import limits
from niangjia.kernel.errors import Invalid, NotFound
from niangjia.scenes.dating import guard
from niangjia.scenes.dating.circle.models import Ties
from niangjia.scenes.dating.circle.selectors import Linked, key_of, linked, ties_of
from niangjia.scenes.dating.circle.types import MOST_SCHOOL
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.selectors.people import own, seeker
from niangjia.scenes.dating.services.seeing import note_week, strangers

SCHOOLS = (limits.Limit("dating-school", 5, 30 * 86400),)  # nobody tries school after school


def look_around(*, person_id: UUID, key: str, cursor: str | None, now: datetime) -> tuple[Profile, Linked, int]:
    """A page of people; they count to the day's number like those of any other list."""
    me = seeker(person_id, now)
    page = linked(me, key, cursor, now)
    if page is None:
        raise NotFound(_("Nothing links you by this."), next_step=_("Say a little more about yourself."))
    refused, left = strangers(me, page.rows, now)
    note_week(me, now)
    if refused:
        page = replace(page, rows=[row for row in page.rows if row.pk not in refused], next=None, tomorrow=True)
    return me, page, left


def tie(*, person_id: UUID, school: str | None, by_outings: bool | None, now: datetime) -> Ties:
    """What is given is written, the rest stays."""
    me = own(person_id)
    name = " ".join(school.split()) if school is not None else None
    if name is not None and (len(name) > MOST_SCHOOL or guard.marked(name)):
        hint = _("The name of the school is enough.")
        raise Invalid(_("A few things need another look."), fields={"school": hint})
    if name and key_of(name) != ties_of(me).school_key:
        limits.take(SCHOOLS, who=str(person_id), now=now)
    changes: dict[str, str | bool] = {} if name is None else {"school": name, "school_key": key_of(name)}
    changes |= {} if by_outings is None else {"by_outings": by_outings}
    with transaction.atomic():
        row, _new = Ties.objects.update_or_create(profile=me, defaults=changes)
    return row
