"""Why something cannot be done on a planet, and what to do next."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Conflict, Forbidden, NotFound


def no_planet() -> NotFound:
    return NotFound(_("We could not find this planet."), next_step=_("Have a look at the others."))


def no_post() -> NotFound:
    return NotFound(_("This post cannot be read any more."), next_step=_("Have a look at the others."))


def no_meetup() -> NotFound:
    return NotFound(_("We could not find this meet-up."), next_step=_("Have a look at what else is on."))


class NotJoined(Forbidden):
    code = "not_joined"

    def __init__(self) -> None:
        super().__init__(_("You do not live on this planet yet."), next_step=_("Join it first: one tap is enough."))


class Closed(Conflict):
    code = "planet_closed"

    def __init__(self) -> None:
        super().__init__(_("Nothing new is written here any more."), next_step=_("Have a look at the other planets."))


class Passed(Conflict):
    code = "meetup_over"

    def __init__(self) -> None:
        super().__init__(_("This meet-up is not open any more."), next_step=_("Have a look at what else is on."))
