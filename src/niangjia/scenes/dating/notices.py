"""What people are told about dating. A notice never says who reported, looked or passed."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.audit import words
from niangjia.core.messages.types import Template, register

words.declare(
    **{
        "dating.profile_opened": _("Opened your dating profile in the week that began on this day"),
        "dating.left": _("Left dating"),
        "dating.event_drafted": _("Wrote down a dating event"),
        "dating.event_changed": _("Changed a dating event"),
        "dating.event_published": _("Published a dating event"),
        "dating.event_cancelled": _("Cancelled a dating event"),
        "dating.event_closed": _("A dating event closed"),
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
        "dating_text_shown",
        _("Your words are there now"),
        _(
            "Somebody of the union looked at what you wrote in your profile, and others can read it. Thank you for waiting."
        ),
        route="/dating/mine",
    ),
    Template(
        "dating_text_down",
        _("Words in your profile are not shown"),
        _("Receipt {receipt}. Open your profile to read why; change them, or ask that another person looks again."),
        route="/dating/mine",
    ),
    Template(
        "dating_text_kept",
        _("Your appeal was decided"),
        _("Receipt {receipt}. Another person looked again; open it to read the reason."),
        route="/dating/mine",
    ),
    Template(
        "dating_pair_ended",
        _("Somebody has left"),
        _(
            "Somebody you had found has left dating. It says nothing about you; we are here when you want to look again."
        ),
        route="/dating",
    ),
    Template(
        "dating_event_place",
        _("You have a place: {title}"),
        _("Somebody gave a place back, and it is yours. If you cannot come, please pass it on in time."),
        route="/dating/events",
    ),
    Template(
        "dating_event_cancelled",
        _("Cancelled: {title}"),
        _("We are sorry: this event does not take place. Whatever you chose in it has been deleted."),
        route="/dating/events",
    ),
    Template(
        "dating_event_pair",
        _("You chose each other: {title}"),
        _("Somebody you chose has chosen you too. Have a look, and say hello when you like."),
        route="/dating/pairs",
    ),
    Template(
        "dating_event_none",
        _("The result is here: {title}"),
        _(
            "This time nobody you chose had also chosen you. It says nothing about you. What you chose has been deleted; nobody will ever read it."
        ),
        route="/dating/events",
    ),
    Template(
        "dating_event_second",
        _("One more chance: {title}"),
        _("We have somebody in mind who may suit you. Only if both of you say yes will either of you know."),
        route="/dating/events",
    ),
)
