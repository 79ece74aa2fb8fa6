"""Why something cannot be done about a group wedding, with what to do next."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Conflict, NotFound


def missing() -> NotFound:
    return NotFound(_("We could not find this wedding."), next_step=_("Have a look at what is on."))


class Full(Conflict):
    code = "full"

    def __init__(self) -> None:
        super().__init__(
            _("All places at this wedding are taken."), next_step=_("Tell them kindly, or offer the next wedding.")
        )


class NotSeen(Conflict):
    code = "certificate_not_seen"

    def __init__(self) -> None:
        super().__init__(
            _("Nobody has seen the marriage certificate yet."),
            next_step=_("Look at it, write down its day, and confirm then."),
        )


class NotVerified(Conflict):
    code = "not_verified"

    def __init__(self) -> None:
        super().__init__(
            _("Both must be verified as real persons first."), next_step=_("It takes a minute, on the page “Me”.")
        )


class ApplyingIsOver(Conflict):
    code = "closed"

    def __init__(self) -> None:
        super().__init__(_("Applying for this wedding is over."), next_step=_("Have a look at the next one."))
