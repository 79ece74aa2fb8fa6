"""A date somebody is told of, in case: made, ended well, or the chosen contact is asked to call."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts import limits
from niangjia.core.accounts.models import Person
from niangjia.core.messages import services as messages
from niangjia.kernel import clock
from niangjia.kernel.china import mask_name, parse_phone
from niangjia.kernel.errors import Invalid
from niangjia.scenes.dating import guard, places
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.safety.errors import OnePlan, no_plan
from niangjia.scenes.dating.safety.models import Plan
from niangjia.scenes.dating.safety.types import AHEAD, GRACE, KEPT, LONGEST, MOST_PLACE, WORD_LIFE, Wanted
from niangjia.scenes.dating.selectors.pairs import other_of, pairs_of
from niangjia.scenes.dating.selectors.people import own

ALARMS = ("dating_date_late", "dating_date_sos")
A_DAY = (limits.Limit("dating-date", 4, 86400),)  # no way to fill a stranger's phone with messages


def plan(*, person_id: UUID, wanted: Wanted, now: datetime) -> Plan:
    """Tell us of a date. The contact hears nothing, unless I do not come back or ask for help."""
    me = own(person_id)
    phone = _checked(me, wanted, now)
    limits.take(A_DAY, who=str(person_id), now=now)
    row = Plan(
        profile=me,
        other_id=_other(me, wanted.pair),
        district=wanted.district,
        place=wanted.place.strip(),
        contact_name=wanted.contact_name.strip(),
        contact_phone=phone,
        starts_at=wanted.starts_at,
        until=wanted.until,
        alarm_at=wanted.until + timedelta(minutes=wanted.grace),
        delete_at=wanted.until + KEPT,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise OnePlan from error
    return row


def _checked(me: Profile, wanted: Wanted, now: datetime) -> str:
    """The contact's number; raises Invalid with a word beside each field that cannot be meant."""
    phone = _number(wanted.contact_phone)
    tests: dict[str, tuple[bool, object]] = {
        "contact_phone": (bool(phone) and phone != me.person.phone, _("The number of somebody else, please.")),
        "contact_name": (bool(wanted.contact_name.strip()), _("Whom shall we tell?")),
        "until": (_in_order(wanted, now), _("Please choose a time ahead: within a week, and within twelve hours.")),
        "grace": (wanted.grace in GRACE, _("Please choose from the list.")),
        "district": (
            not wanted.district or places.is_district(wanted.district),
            _("Please choose from the list."),
        ),
        "place": (_plain(wanted.place), _("A few words are enough, without numbers or links.")),
    }
    faults = {name: hint for name, (holds, hint) in tests.items() if not holds}
    if faults:
        raise Invalid(_("A few things need another look."), fields=faults)
    return phone


def _number(text: str) -> str:
    try:
        return parse_phone(text)
    except ValueError:
        return ""


def _in_order(wanted: Wanted, now: datetime) -> bool:
    ahead = now < wanted.until and wanted.starts_at <= now + AHEAD
    return ahead and wanted.starts_at < wanted.until <= wanted.starts_at + LONGEST


def _plain(text: str) -> bool:
    """It goes into a message to somebody who never asked for one."""
    return len(text) <= MOST_PLACE and not guard.marked(text)


def _other(me: Profile, pair_id: UUID | None) -> UUID | None:
    """With whom, if it is somebody found here; anybody else need not be named."""
    pair = pairs_of(me).filter(pk=pair_id).first() if pair_id else None
    return other_of(me, pair) if pair else None


@transaction.atomic
def safe(*, person_id: UUID, now: datetime) -> Plan:
    """Back, and all is well. A contact who has been asked to call is told so too; one whom no word reached, nothing."""
    row = _mine(person_id)
    Plan.objects.filter(pk=row.pk).update(state="safe")
    if _take_back(row, now):
        _text(row, "dating_date_back", now)
    row.state = "safe"
    return row


def _take_back(row: Plan, now: datetime) -> bool:
    """Words to the contact that have not left stay here. Whether one may have been read."""
    if row.told_at is None:
        return False
    return messages.withdraw_sms(person_id=row.profile.person_id, templates=ALARMS, since=row.told_at, now=now)


@transaction.atomic
def forget(*, person_id: UUID, now: datetime) -> None:
    """It does not take place, or nobody need know any more."""
    mine = Plan.objects.select_for_update(of=("self",)).select_related("profile").filter(profile=own(person_id))
    for row in mine:
        _take_back(row, now)
        row.delete()


@transaction.atomic
def ask_for_help(*, person_id: UUID, now: datetime) -> Plan:
    """Now, whatever the time: the contact is asked to call. Pressed twice, they are asked once."""
    row = _mine(person_id)
    if not row.sos:
        _tell(row, "dating_date_sos", now, sos=True)
    row.state, row.sos = "told", True
    return row


def _mine(person_id: UUID) -> Plan:
    rows = Plan.objects.select_for_update(of=("self",)).select_related("profile__person").exclude(state="safe")
    found = rows.filter(profile=own(person_id)).first()
    if found is None:
        raise no_plan()
    return found


def tell_of_late(*, now: datetime) -> int:
    """Contacts of those who are not back by the time agreed, each once: the row itself says that it was done."""
    late = list(Plan.objects.filter(state="open", alarm_at__lte=now).values_list("pk", flat=True)[:500])
    return sum(_late(key, now) for key in late)


@transaction.atomic
def _late(plan_id: UUID, now: datetime) -> bool:
    locked = Plan.objects.select_for_update(of=("self",), skip_locked=True).select_related("profile__person")
    row = locked.filter(pk=plan_id, state="open", alarm_at__lte=now).first()
    if row is None:
        return False
    _tell(row, "dating_date_late", now, sos=False)
    messages.send(person_id=row.profile.person_id, template="dating_date_told", now=now)
    return True


def _tell(row: Plan, template: str, now: datetime, *, sos: bool) -> None:
    Plan.objects.filter(pk=row.pk).update(state="told", told_at=row.told_at or now, sos=sos)
    _text(row, template, now)


def _text(row: Plan, template: str, now: datetime) -> None:
    """Who it is, as far as the contact knows them: a family name and the end of a number, no word of their own."""
    person: Person = row.profile.person
    until = date_format(row.until.astimezone(clock.SHANGHAI), "H:i")
    where = row.place or (places.places()[row.district].name if row.district else "")
    words = {
        "name": mask_name(person.legal_name) if person.legal_name else row.profile.nickname,
        "tail": person.phone[-4:],
        "until": until,
        "place": where or "—",
    }
    messages.send_sms(
        phone=row.contact_phone, template=template, params=words, now=now, person_id=person.pk, life=WORD_LIFE
    )


def forget_old(*, now: datetime) -> int:
    """A day after its end nobody needs to know where somebody was."""
    return Plan.objects.filter(delete_at__lte=now).delete()[0]
