"""What a form must hold. Whatever does not is refused with a word beside its field, saying what would do."""

from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Invalid

Rule = tuple[bool, object]  # whether it holds, and what to say when it does not
CHOSEN: Final = _("Please choose one.")
AHEAD: Final = _("Choose a time that is still to come, please.")
LATER: Final = _("It must be later than the beginning.")
TOO_FAR: Final = _("That is too far ahead.")


def check(**rules: Rule) -> None:
    wrong = {name: hint for name, (holds, hint) in rules.items() if not holds}
    if wrong:
        raise Invalid(_("A few things need another look."), fields=wrong)


def written(text: str, least: int, most: int) -> Rule:
    hint = _("{least} to {most} characters, please.") if least else _("Up to {most} characters, please.")
    return least <= len(text.strip()) <= most, format_lazy(hint, least=least, most=most)


def within(number: int, least: int, most: int) -> Rule:
    return least <= number <= most, format_lazy(_("A number from {least} to {most}, please."), least=least, most=most)
