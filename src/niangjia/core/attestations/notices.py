"""What people are told about their facts."""

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from niangjia.core.attestations.texts import FALLS
from niangjia.core.audit.words import declare
from niangjia.core.messages.types import Template, register
from niangjia.kernel.china import sentences

declare(
    real_person_verified=_("Confirmed that you are you"),
    employer_verified=_("Confirmed your employer"),
    single_verified=_("Kept your pledge of being single"),
    fact_fell=_("One of your verifications fell"),
    fact_taken_back=_("Took back one of your verifications"),
    employment_ended=_("Said that you no longer work there"),
    looked_at_request=_("Looked at what you sent to the desk"),
    document_seen=_("Saw your ID document at the desk"),
    request_accepted=_("Accepted what you sent to the desk"),
    request_refused=_("Refused what you sent to the desk"),
)

ROUTE = "/facts"


def _sentences(*parts: object) -> str:
    return sentences(*map(str, parts))


_told = lazy(_sentences, str)

register(
    Template(
        "desk_code",
        _("Your code at the desk"),
        _("Your code at the union desk is {code}. Tell it only to the officer who has your ID document in hand."),
        sms="desk_code",
    ),
    Template("real_person_verified", _("You are verified"), _("It is confirmed that you are you."), route=ROUTE),
    Template("employer_verified", _("Your employer is verified"), _("It is confirmed where you work."), route=ROUTE),
    Template(
        "single_verified",
        _("Your pledge is signed"),
        _("You pledged that you are single, until {until}."),
        route=ROUTE,
        dates=("until",),
    ),
    Template(
        "pledge_ends_soon",
        _("Your pledge ends soon"),
        _("Your pledge of being single ends on {until}. If you still are, please sign it again; it takes a minute."),
        route=ROUTE,
        dates=("until",),
    ),
    Template(
        "request_refused",
        _("The desk could not confirm it"),
        _("{receipt}: {reason} You may send it in again, or ask your union's service desk for a second look."),
        route=ROUTE,
    ),
    Template(
        "request_passed_on",
        _("We now ask your union"),
        _("{receipt}: your enterprise did not answer in time, so your union looks at it. You need not do anything."),
        route=ROUTE,
    ),
    Template(
        "request_climbed",
        _("The office above looks at it now"),
        _("{receipt}: the desk did not answer in time, so the office above it takes over. You need not do anything."),
        route=ROUTE,
    ),
    *(
        Template(
            f"fact_fell_{reason}",
            _("One of your verifications no longer stands"),
            _told(why, then),
            route=ROUTE,
        )
        for reason, (why, then) in FALLS.items()
    ),
)
