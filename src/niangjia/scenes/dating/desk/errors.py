"""Why something cannot be done at the desk, with what to do next."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Conflict, Forbidden, NotFound


def missing() -> NotFound:
    return NotFound(
        _("We could not find that."), next_step=_("It may have been taken back. Please go back and look again.")
    )


class NoFit(Conflict):
    """Says nothing about why: a block, a break and a missing fact look the same."""

    code = "no_fit"

    def __init__(self) -> None:
        super().__init__(
            _("These two cannot be introduced at present."), next_step=_("Have a look at the other candidates.")
        )


class IntroducedBefore(Conflict):
    code = "introduced_before"

    def __init__(self) -> None:
        super().__init__(
            _("These two have been introduced before."), next_step=_("Have a look at the other candidates.")
        )


class RoomTaken(Conflict):
    code = "room_taken"

    def __init__(self) -> None:
        super().__init__(
            _("This room is taken at that time."), next_step=_("Please choose another time or another room.")
        )


class NotOpenThen(Conflict):
    code = "not_open_then"

    def __init__(self) -> None:
        super().__init__(
            _("Members may book this room too, and it is not open then."),
            next_step=_("Choose one of its openings; the whole meeting lies within it."),
        )


class StillInUse(Conflict):
    code = "still_in_use"

    def __init__(self) -> None:
        super().__init__(
            _("Meetings are arranged in this room."), next_step=_("Call them off first, or wait until they are over.")
        )


class ProposalWaits(Conflict):
    code = "proposal_waits"

    def __init__(self) -> None:
        super().__init__(
            _("A proposed time still waits for an answer."), next_step=_("Call it off first, or wait for both.")
        )


class Over(Conflict):
    code = "over"

    def __init__(self) -> None:
        super().__init__(_("This is over already."), next_step=_("Have a look at what is new."))


class NotNow(Conflict):
    code = "not_now"

    def __init__(self) -> None:
        super().__init__(
            _("The room is not open at this time."),
            next_step=_("It opens ten minutes before the meeting, and closes at its end."),
        )


class TwoPeople(Forbidden):
    code = "two_people"

    def __init__(self) -> None:
        super().__init__(
            _("This takes two people: whoever proposed it, or would gain by it, cannot decide it."),
            next_step=_("Ask a colleague to look at it."),
        )


class RewardedBefore(Conflict):
    code = "rewarded_before"

    def __init__(self) -> None:
        super().__init__(
            _("This couple has been rewarded before."), next_step=_("It is given once for each couple, ever.")
        )


class NotProven(Conflict):
    code = "not_proven"

    def __init__(self) -> None:
        super().__init__(
            _("The wedding is not proven yet."),
            next_step=_("Both confirm it on their phones, and one of you looks at the certificate."),
        )


class OverBudget(Conflict):
    code = "over_budget"

    def __init__(self) -> None:
        super().__init__(
            _("There is not so much left in the budget."), next_step=_("Propose less, or ask for a larger budget.")
        )
