"""Why something cannot be done at a venue."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Conflict, NotFound


def missing() -> NotFound:
    return NotFound(_("We could not find this place."), next_step=_("Have a look at the list of places."))


class NotAPair(Conflict):
    code = "not_a_pair"

    def __init__(self) -> None:
        super().__init__(
            _("You can only come together with somebody you found."), next_step=_("Book for yourself, if you like.")
        )


class TooLate(Conflict):
    code = "too_late"

    def __init__(self) -> None:
        super().__init__(_("It is too late for this."), next_step=_("Please tell the desk at the venue."))
