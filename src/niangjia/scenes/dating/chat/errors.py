"""Why something cannot be done in a conversation: each a clear answer with what to do next."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict, Forbidden, Invalid, NotFound


def over() -> NotFound:
    """Ended, blocked, another's, never there: they all look the same."""
    return NotFound(
        _("This conversation is over."),
        code="chat_over",
        next_step=_("Nobody can write or read here any more. It says nothing about you."),
    )


def away() -> Conflict:
    return Conflict(
        _("They cannot be reached at present."),
        code="away",
        next_step=_("What you wrote stays here; send it when they are back."),
    )


def too_late() -> Conflict:
    return Conflict(
        _("This was sent more than five minutes ago and cannot be taken back."),
        code="too_late",
        next_step=_("You can write that you did not mean it so."),
    )


def empty() -> Invalid:
    return Invalid(_("There is nothing in it yet."), fields={"text": _("Please write a few words.")})


class AreYouSure(Conflict):
    """Nothing was kept. Sent again with `sure`, it goes."""

    code = "are_you_sure"

    def __init__(self, words: str) -> None:
        super().__init__(
            _("Wait a moment: is this really meant so?"),
            next_step=_(
                "Some people ask for money, or for another app, to swindle. If you send it, the other side may have to "
                "read our warning before they can open it."
            ),
            fields={"text": words} if words else None,
        )


def cooling(reason: str, remedy: str, until: datetime) -> Forbidden:
    day = date_format(until.astimezone(clock.SHANGHAI), str(_("F j")))
    return Forbidden(
        _("You cannot begin a new conversation until {day}: {reason}").format(day=day, reason=reason),
        code="cooling",
        next_step=remedy,
    )
