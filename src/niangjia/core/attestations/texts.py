"""What people read about their facts."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

NEXT: Final[Mapping[str, object]] = {
    "real_person": _(
        "Verify that you are you: by a face check, or with your ID document at a desk. Both count the same."
    ),
    "employer": _("Tell us where you work; we compare it with your union's member roll."),
    "single": _("Sign the pledge that you are single."),
}

WAITING: Final[Mapping[str, object]] = {
    "real_person": _("Your document is with the desk of {org}; you hear from it by {due}."),
    "enterprise": _("We asked {org}; you hear from us by {due}."),
    "union": _("We asked {org}; you hear from us by {due}."),
}

SOURCE: Final[Mapping[str, object]] = {
    "face": _("Face check by {issuer}"),
    "document": _("ID document at the desk of {issuer}"),
    "roll": _("Member roll of {issuer}"),
    "enterprise": _("Confirmed by {issuer}"),
    "union": _("Confirmed by {issuer}"),
    "pledge": _("Your own signed pledge"),
}

# Why a fact fell, and what to do.
FALLS: Final[Mapping[str, tuple[object, object]]] = {
    "expired": (_("A year has passed since your pledge."), _("If you are still single, please sign it again.")),
    "left_roll": (
        _("You are no longer on this employer's member roll."),
        _("If you work somewhere else now, tell us where. If the roll is wrong, ask your union."),
    ),
    "employer_ended": (
        _("This employer is no longer registered with the union."),
        _("Tell us where you work now."),
    ),
    "left_employer": (_("You no longer work for this employer."), _("Tell us where you work now.")),
    "said_left": (_("The enterprise says that you no longer work there."), _("If that is wrong, ask your union.")),
    "changed_employer": (_("You have a new employer."), ""),
    "no_longer_single": (_("You told us that you are no longer single."), _("All the best to the two of you!")),
    "consent_withdrawn": (_("You took back your consent."), _("Give it again whenever you like.")),
    "renewed": (_("You signed again."), ""),
    "corrected": (_("A union desk took this back."), _("Ask your union's service desk why, and for a second look.")),
}

PLEDGE_VERSION: Final = "2026-11"
PLEDGE: Final = _(
    "I pledge that I am single: not married, and in no lasting partnership. I will say so at once when that changes. "
    "I know that others trust in this, and that whoever signs it untruthfully is shut out of matchmaking."
)
