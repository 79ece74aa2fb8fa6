"""Why a place cannot be had, or given back: each a clear answer with what to do next."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Conflict, Forbidden, Invalid


class NotOpenYet(Conflict):
    code = "not_open_yet"

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(
            _("Registration has not opened yet."), next_step=_("Come back when it opens; the time stands on the page.")
        )
        self.opens_at = opens_at


class Closed(Conflict):
    code = "closed"

    def __init__(self) -> None:
        super().__init__(
            _("Registration is closed."), next_step=_("Have a look at what else is on, or ask your union.")
        )


class CalledOff(Conflict):
    code = "called_off"

    def __init__(self) -> None:
        super().__init__(_("This was called off."), next_step=_("Have a look at what else is on."))


class Full(Conflict):
    code = "full"

    def __init__(self, *, keeps_waiting: bool = False) -> None:
        step = _("Put yourself on the waiting list: we tell you when a place falls free.")
        super().__init__(
            _("All places are taken."), next_step=step if keeps_waiting else _("Have a look at what else is on.")
        )


class AddOnFull(Conflict):
    code = "addon_full"

    def __init__(self, key: str) -> None:
        super().__init__(
            _("One of the extras is used up."),
            next_step=_("Register without it, or let us put you on its waiting list."),
            fields={"extras": key},
        )


class NotEntitled(Forbidden):
    code = "not_entitled"

    def __init__(self, *, open_to_all_at: datetime | None = None) -> None:
        later = _("Places that are left over are open to everybody later; come back then.")
        super().__init__(
            _("These places are shared out among certain unions and trades, and you are not in one of them."),
            next_step=later if open_to_all_at else _("If you think you are, ask your union to check your entry."),
        )
        self.open_to_all_at = open_to_all_at


class AlreadyBooked(Conflict):
    code = "already_booked"

    def __init__(self, *, companion: bool = False) -> None:
        whom = _("One of you is registered here already.") if companion else _("You are registered here already.")
        super().__init__(whom, next_step=_("You find it under your registrations."))


class Overlapping(Conflict):
    code = "overlapping"

    def __init__(self, slot_id: UUID | None = None) -> None:
        super().__init__(
            _("You have a place somewhere else at the same time."),
            next_step=_("Give the other place back first; somebody will be glad of it."),
        )
        self.slot_id = slot_id


class KeyReused(Conflict):
    code = "key_reused"

    def __init__(self) -> None:
        super().__init__(
            _("This registration was sent before, with other answers."),
            next_step=_("Please go back and fill in the form anew."),
        )


class PartyTooLarge(Invalid):
    code = "party_too_large"

    def __init__(self, largest: int) -> None:
        super().__init__(
            _("Your group is too large."),
            next_step=_("Register in smaller groups."),
            fields={"companions": str(largest)},
        )
        self.largest = largest


class TooLate(Conflict):
    code = "too_late"

    def __init__(self) -> None:
        super().__init__(
            _("The time in which this could be changed is over."), next_step=_("Please call the organiser.")
        )


class OfferOver(Conflict):
    code = "offer_over"

    def __init__(self) -> None:
        super().__init__(
            _("This place was kept for you for a while, and that time is over."),
            next_step=_("Please register again; perhaps a place is free."),
        )


class CapacityBelowBooked(Conflict):
    """`booked` places are taken already."""

    code = "capacity_below_booked"

    def __init__(self, booked: int) -> None:
        super().__init__(
            _("%(booked)s places are taken already; there cannot be fewer.") % {"booked": booked},
            next_step=_("Lower the number to what is taken, or agree with people that they give their place back."),
            fields={"capacity": str(booked)},
        )
        self.booked = booked


class NotClosed(Conflict):
    code = "not_closed"

    def __init__(self) -> None:
        super().__init__(
            _("The lottery cannot be drawn yet."),
            next_step=_("It is drawn when registration has closed and the public number is known."),
        )
