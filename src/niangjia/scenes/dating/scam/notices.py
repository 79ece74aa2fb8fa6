"""What people are told by the scam guard. Never whom somebody wrote to."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.messages.types import Template, register

register(
    Template(
        "dating_scam_cooling",
        _("New conversations must wait"),
        _("Receipt {receipt}. Open it to read why, until when, and how a person will look at it if it is a mistake."),
        route="/dating/scam",
    ),
    Template(
        "dating_scam_lifted",
        _("You may begin conversations again"),
        _("Receipt {receipt}. A person looked at it and it has ended. We are sorry for the trouble."),
        route="/dating/scam",
    ),
)
