"""What people are told about planets. A notice never says who reported."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.audit import words
from niangjia.core.messages.types import Template, register

words.declare(
    **{
        "dating.planet_opened": _("Opened an interest planet"),
        "dating.planet_changed": _("Changed an interest planet"),
        "dating.meetup_cancelled": _("Cancelled a meet-up"),
    }
)

register(
    Template(
        "dating_post_shown",
        _("Your post is there now"),
        _("Somebody of the union looked at it, and others can read it. Thank you for your patience."),
        route="/dating/planets/mine",
    ),
    Template(
        "dating_post_down",
        _("A post of yours is not shown"),
        _("Receipt {receipt}. Open it to read why, and how to ask that another person looks again."),
        route="/dating/planets/mine",
    ),
    Template(
        "dating_post_report_decided",
        _("Your report was decided"),
        _("Receipt {receipt}. Somebody of the union looked at the post you reported. Thank you for looking out."),
        route="/dating/planets",
    ),
    Template(
        "dating_post_appeal_decided",
        _("Your appeal was decided"),
        _("Receipt {receipt}. Another person looked again; open it to read the reason."),
        route="/dating/planets/mine",
    ),
    Template(
        "dating_meetup_agreed",
        _("The union agrees: {title}"),
        _("Your meet-up is open; others can come in now. Take a place yourself, too."),
        route="/dating/planets/mine",
    ),
    Template(
        "dating_meetup_refused",
        _("Not this time: {title}"),
        _("Receipt {receipt}. Open it to read why; a changed idea is welcome, and you may ask for a second look."),
        route="/dating/planets/mine",
    ),
    Template(
        "dating_meetup_place",
        _("You have a place: {title}"),
        _("Somebody gave a place back, and it is yours. If you cannot come, please pass it on in time."),
        route="/dating/planets",
    ),
    Template(
        "dating_meetup_cancelled",
        _("Cancelled: {title}"),
        _("We are sorry: this meet-up does not take place."),
        route="/dating/planets",
    ),
)
