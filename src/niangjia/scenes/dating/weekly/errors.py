"""Why something cannot be done here, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Conflict, NotFound


def missing() -> NotFound:
    return NotFound(_("This is not on the list any more."), next_step=_("Have a look at this week's list."))


class Closed(Conflict):
    code = "closed"

    def __init__(self) -> None:
        super().__init__(_("It is over already."), next_step=_("Have a look at its page."))


class EnoughAsked(Conflict):
    code = "enough_asked"

    def __init__(self, most: int) -> None:
        super().__init__(
            _("You have asked about {n} people of this list; that is enough for a week.").format(n=most),
            next_step=_("Take one back first, or wait for the next list."),
        )


class DayTaken(Conflict):
    code = "day_taken"

    def __init__(self) -> None:
        super().__init__(
            _("This day has its talk already, or one of the two has another on it."),
            next_step=_("Please choose another day."),
        )
