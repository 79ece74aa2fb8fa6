"""What couples are told about a group wedding. The first message names nobody."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.audit import words
from niangjia.core.messages.types import Template, register

words.declare(
    **{
        "dating.wedding_drafted": _("Wrote down a group wedding"),
        "dating.wedding_changed": _("Changed a group wedding"),
        "dating.wedding_published": _("Published a group wedding"),
        "dating.wedding_cancelled": _("Cancelled a group wedding"),
        "dating.wedding_list_published": _("Published the list of a group wedding"),
        "dating.wedding_names_seen": _("Looked at the names of the couples of your group wedding"),
        "dating.wedding_certificate_seen": _("Saw your marriage certificate"),
    }
)
_ROUTE = "/dating/weddings"
register(
    Template(
        "wedding_asked",
        _("Something lovely waits for your yes"),
        _("Somebody applied for a group wedding together with you. Open it, and answer with one tap."),
        route=_ROUTE,
        sms="wedding_asked",
    ),
    Template("wedding_joined", _("You apply together now"), _("Bring your certificate to the union."), route=_ROUTE),
    Template("wedding_place", _("You have a place: {title}"), _("Congratulations, both of you!"), route=_ROUTE),
    Template("wedding_left", _("An application was taken back"), _("You two do not apply any more."), route=_ROUTE),
    Template(
        "wedding_cancelled",
        _("Cancelled: {title}"),
        _("We are very sorry: this wedding does not take place. We will tell you of the next one."),
        route=_ROUTE,
    ),
)
