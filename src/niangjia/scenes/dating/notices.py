"""What people are told about dating. A notice never says who reported, looked or passed."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.audit import words
from niangjia.core.messages.types import Template, register

words.declare(
    **{
        "dating.profile_opened": _("Opened your dating profile in the week that began on this day"),
        "dating.left": _("Left dating"),
    }
)
words.declare_without_name(**{"dating.profile_opened": _("A verified single")})

register(
    Template(
        "dating_mutual",
        _("You both said yes"),
        _(
            "Somebody you said yes to said yes to you too. Have a look: you may offer a contact, and see theirs once both have."
        ),
        route="/dating/pairs",
    ),
    Template(
        "dating_contacts_open",
        _("Contacts exchanged"),
        _(
            "You have both offered a contact and can now see each other's. Take your time, and first meet where there are people."
        ),
        route="/dating/pairs",
    ),
    Template(
        "dating_report_received",
        _("We received your report"),
        _(
            "Receipt {receipt}. Somebody from the union looks at it by {due}. The other side is never told who reported."
        ),
        route="/dating/reports",
    ),
    Template(
        "dating_report_decided",
        _("Your report was decided"),
        _("Receipt {receipt}. Open it to read the outcome; if you disagree, another person will look again."),
        route="/dating/reports",
    ),
    Template(
        "dating_restricted",
        _("A decision about your dating profile"),
        _("Receipt {receipt}. Open it to read what was decided, why, until when, and how to appeal to another person."),
        route="/dating/restrictions",
    ),
    Template(
        "dating_restriction_lifted",
        _("A decision about you was withdrawn"),
        _(
            "Receipt {receipt}. Another person looked again and the restriction has ended. We are sorry for the trouble."
        ),
        route="/dating/restrictions",
    ),
    Template(
        "dating_appeal_kept",
        _("Your appeal was decided"),
        _("Receipt {receipt}. Another person looked again; open it to read the reason."),
        route="/dating/restrictions",
    ),
    Template(
        "dating_pair_ended",
        _("Somebody has left"),
        _(
            "Somebody you had found has left dating. It says nothing about you; we are here when you want to look again."
        ),
        route="/dating",
    ),
)
