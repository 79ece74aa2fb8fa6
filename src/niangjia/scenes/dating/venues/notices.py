"""What people are told about venues and shows."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.audit import words
from niangjia.core.messages.types import Template, register

words.declare(
    **{
        "dating.venue_written": _("Wrote a venue down or changed it"),
        "dating.venue_published": _("Published a venue"),
        "dating.venue_closed": _("Closed a venue"),
        "dating.venue_opened": _("Made openings of a venue"),
        "dating.venue_called_off": _("Called an opening of a venue off"),
        "dating.show_written": _("Wrote a firm's show or changed it"),
        "dating.show_sent": _("Sent a firm's show to the union"),
        "dating.show_decided": _("Decided about a firm's show"),
        "dating.show_withdrawn": _("Withdrew a firm's show"),
    }
)

register(
    Template(
        "dating_venue_asked",
        _("Somebody you found asks you along"),
        _("They booked a time at one of our places for both of you. You answer in private."),
        route="/dating/venues/mine",
    ),
    Template(
        "dating_venue_along",
        _("They come along"),
        _("The one you asked said yes. Each of you has a ticket; have a good time."),
        route="/dating/venues/mine",
    ),
    Template(
        "dating_venue_place",
        _("You have a place"),
        _("A place fell free and is yours. If you cannot come, please give it back in time."),
        route="/dating/venues/mine",
    ),
    Template(
        "dating_venue_off",
        _("A visit does not take place"),
        _("It was called off or given back. Have a look at the other times."),
        route="/dating/venues",
    ),
    Template(
        "dating_venue_missed",
        _("We missed you"),
        _("You had a place and did not come. That happens; next time please give it back, so that others can come."),
        route="/dating/venues/mine",
    ),
    Template(
        "dating_show_decided",
        _("Your show: {title}"),
        _("The union looked at it. Open the enterprise console to read the outcome and the reason."),
        route="",
    ),
)
