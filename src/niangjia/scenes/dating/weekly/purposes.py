"""What people agree to here: each by itself, and each taken back with one tap."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.consent.types import Purpose, register
from niangjia.scenes.dating.weekly.types import LISTED, LIVE, PUBLIC, SEEN_LIVE

register(
    Purpose(
        LISTED,
        "2026-11",
        _("My place on the weekly list"),
        _(
            "Verified singles of the union read your nickname, age band, district, trade and your own two lines "
            "on the list of the week. No contact, no employer, and no photo unless you choose it. You may leave "
            "the list at any time; you are gone from it at that moment."
        ),
        sensitive=True,
    ),
    Purpose(
        PUBLIC,
        "2026-11",
        _("My place on the printed list"),
        _(
            "The list is also printed and shared as a page that anybody can read without signing in, your "
            "colleagues too. It has your number, age band, district, trade and your two lines, never a name, a "
            "photo or a contact. Leaving takes you off the page at that moment; what was printed before cannot be "
            "taken back."
        ),
        sensitive=True,
    ),
    Purpose(
        LIVE,
        "2026-11",
        _("Invite me to the live programme"),
        _(
            "The union's programme staff may read your nickname, age band, district and trade, and invite you to "
            "a talk with somebody who may suit you. You answer each invitation in private; declining is never "
            "told to anybody. Staff see whether a talk became a pair."
        ),
        sensitive=True,
    ),
    Purpose(
        SEEN_LIVE,
        "2026-11",
        _("Being seen in the live programme"),
        _(
            "Others may watch your talk while it goes on. Without this the two of you talk in private. You decide "
            "anew for each talk and may change your mind until it begins; afterwards the broadcast ends at once."
        ),
        sensitive=True,
    ),
)
