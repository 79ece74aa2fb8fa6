"""What people are told about their conversations. Never who wrote, nor what."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.audit import words
from niangjia.core.messages.types import Template, register
from niangjia.scenes.dating.chat.types import NEW

words.declare(**{"dating.chat_ended": _("Ended a conversation")})

register(
    Template(
        NEW,
        _("Somebody wrote to you"),
        _("One of those you found has written. Have a look when you like; nobody is told when you were here."),
        route="/dating/pairs",
    ),
    Template(
        "dating_chat_ended",
        _("A conversation has ended"),
        _(
            "Somebody would rather not write any more. It happens, and it says nothing about you. What you both wrote is closed, and deleted after 30 days."
        ),
        route="/dating/pairs",
    ),
)
