"""Why something cannot be done in an event: each a clear answer with what to do next."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Conflict, Forbidden, NotFound


def missing() -> NotFound:
    return NotFound(_("We could not find this event."), next_step=_("Have a look at what is on."))


class NotYet(Conflict):
    code = "not_open_yet"

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(
            _("Choosing has not begun yet."), next_step=_("Come back when it opens; the time stands on the page.")
        )
        self.opens_at = opens_at


class Over(Conflict):
    """Whoever is told this knows: it was not counted."""

    code = "closed"

    def __init__(self) -> None:
        super().__init__(
            _("This event has closed; this was not counted any more."), next_step=_("The result is on its page.")
        )


class NotIn(Forbidden):
    code = "not_entered"

    def __init__(self) -> None:
        super().__init__(_("You have no place in this event."), next_step=_("Enter it first, if there is room."))


class NoPicksLeft(Conflict):
    code = "no_picks_left"

    def __init__(self, picks: int) -> None:
        super().__init__(
            _("You have chosen {picks} people; that is all one may.").format(picks=picks),
            next_step=_("Take one back first, if you would rather choose somebody else."),
        )


class NotMet(Conflict):
    code = "not_met"

    def __init__(self) -> None:
        super().__init__(_("You have not talked yet."), next_step=_("Say it after your talk."))
