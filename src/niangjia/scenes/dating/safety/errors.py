"""Why something of safety cannot be done, and what to do next."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Conflict, NotFound


def no_plan() -> NotFound:
    return NotFound(_("There is no date you told us of."), next_step=_("In danger? Call 110 at once."))


class OnePlan(Conflict):
    code = "one_plan"

    def __init__(self) -> None:
        super().__init__(
            _("You have told us of a date already."), next_step=_("Say that you are back from it, or take it away.")
        )
