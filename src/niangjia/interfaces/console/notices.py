"""What people are told about acts of the back office that concern them."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.audit.words import declare
from niangjia.core.messages.types import Template, register

declare(
    saw_id_number=_("Saw your ID number"),
    saw_phone=_("Saw your phone number"),
    saw_legal_name=_("Saw your full name"),
    setup_secret_made=_("Made a setup secret for you"),
)

register(
    Template(
        "number_revealed",
        _("Somebody saw one of your hidden numbers"),
        _(
            "An officer of {org} looked at your {what}. Purpose: {purpose}. Two people had to agree. Not right? Tell us."
        ),
        route="/me/looks",
    ),
    Template(
        "role_given",
        _("You have a new role"),
        _("You are now {role} of {org}. Please sign in to the back office; your older sign-ins have ended."),
    ),
    Template("role_ended", _("A role has ended"), _("You are no longer {role} of {org}.")),
)
