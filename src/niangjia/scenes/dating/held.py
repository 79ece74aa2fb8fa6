"""What may be done about words that wait for a look, in profiles and in posts alike."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from niangjia.engines.workflow.types import Transition
from niangjia.scenes.dating.types import HANDLE_REPORTS

_LET: Final = (_("Nothing here is against the rules."), _("The words that were marked are harmless here."))
_DOWN: Final = (
    _("Contacts are exchanged when both wish it, not in public."),
    _("Links, advertising and money have no place here."),
    _("It hurts or presses others."),
)
SHOW: Final = Transition("show", _("Let it be shown"), "open", "shown", HANDLE_REPORTS, reasons=_LET, tone="good")
TAKE_DOWN: Final = Transition(
    "take_down", _("Do not show it"), "open", "down", HANDLE_REPORTS, reasons=_DOWN, tone="grave"
)
KEEP: Final = Transition("keep", _("Keep the decision"), "open", "kept", HANDLE_REPORTS)
