"""What is said when somebody is not back: to them, and to the contact they chose."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.messages.types import Template, register

register(
    Template(
        "dating_date_told",
        _("We told the one you chose"),
        _(
            "You had not said by the time agreed that all is well, so your contact has been asked to call you. One tap says that you are back."
        ),
        route="/dating/safety",
    ),
    Template(
        "dating_date_late",
        _("Not back yet"),
        _(
            "{name} (phone ending in {tail}) wanted to be back by {until} from a date at {place} and has not said so. Please call them; if you cannot reach them, call 110."
        ),
        sms="date_late",
        unsent="dating_date_unsent",
    ),
    Template(
        "dating_date_sos",
        _("Asks for help"),
        _(
            "{name} (phone ending in {tail}) asks for help on a date at {place}. Please call them now; if you cannot reach them, call 110."
        ),
        sms="date_sos",
        unsent="dating_date_unsent",
    ),
    Template(
        "dating_date_unsent",
        _("Your contact has not been reached yet"),
        _(
            "The text message to the one you chose has not gone out yet; we keep trying. If you need help, please call them yourself, or 110."
        ),
        route="/dating/safety",
    ),
    Template(
        "dating_date_back",
        _("Back safely"),
        _("{name} (phone ending in {tail}) has said that all is well. Thank you for being there."),
        sms="date_back",
    ),
    Template(
        "dating_rest_over",
        _("Welcome back"),
        _("Your break is over, and others can see you again. Need longer? One tap is enough."),
        route="/dating/safety",
    ),
)
