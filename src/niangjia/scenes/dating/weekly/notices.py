"""What people are told of the list and of the live programme. Never who asked, declined or took somebody out."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.audit import words
from niangjia.core.messages.types import Template, register

words.declare(
    **{
        "dating.weekly_published": _("Published a weekly list"),
        "dating.weekly_taken_out": _("Took somebody out of a weekly list"),
        "dating.weekly_looked_again": _("Looked again at somebody taken out of a weekly list"),
        "dating.hotline_taken": _("Wrote down a call to the hotline"),
        "dating.live_invited": _("Invited two to a live talk"),
        "dating.live_called_off": _("Called a live talk off"),
    }
)

register(
    Template(
        "dating_list_text_shown",
        _("Your line for the weekly list is fine"),
        _("Somebody of the union looked at it; it is on the next list. Thank you for waiting."),
        route="/dating/weekly/mine",
    ),
    Template(
        "dating_list_text_down",
        _("A line of yours does not go on the weekly list"),
        _("Receipt {receipt}. Open it to read why; change it, or ask that another person looks again."),
        route="/dating/weekly/mine",
    ),
    Template(
        "dating_list_text_kept",
        _("Your appeal was decided"),
        _("Receipt {receipt}. Another person looked again; open it to read the reason."),
        route="/dating/weekly/mine",
    ),
    Template(
        "dating_weekly_listed",
        _("You are number {number} on this week's list"),
        _("Who would like to know you asks in the app or by the hotline. You may leave the list at any time."),
        route="/dating/weekly/mine",
    ),
    Template(
        "dating_weekly_out",
        _("You are not on this week's list"),
        _("Open it to read why, what you can do, and how to object: another person then looks again."),
        route="/dating/weekly/mine",
    ),
    Template(
        "dating_weekly_back",
        _("You are on the list again"),
        _("Another person looked again and agrees with you. We are sorry for the trouble."),
        route="/dating/weekly/mine",
    ),
    Template(
        "dating_weekly_kept_out",
        _("Your objection was decided"),
        _("Another person looked again and left it as it was. The next list begins anew: you can change your words."),
        route="/dating/weekly/mine",
    ),
    Template(
        "dating_weekly_asked",
        _("Somebody of the weekly list would like to know you"),
        _("Have a look. Only if you say yes too does either of you learn more; a no is told to nobody."),
        route="/dating/weekly/asked",
    ),
    Template(
        "dating_hotline",
        _("Your call to the union's hotline"),
        _("Your call about this week's list was written down. Open the app to confirm it; nobody is asked before."),
        sms="dating_hotline",
        route="/dating/weekly/asked",
    ),
    Template(
        "dating_hotline_confirm",
        _("Was it you who called the hotline?"),
        _("A call from your number was written down. Nobody is asked before you say that it was you."),
        route="/dating/weekly/asked",
    ),
    Template(
        "dating_live_invited",
        _("An invitation to the live programme"),
        _("The union has somebody in mind for a talk with you. You answer in private; a no is told to nobody."),
        route="/dating/live",
    ),
    Template(
        "dating_live_agreed",
        _("Your talk takes place"),
        _("You both said yes. Time and room stand on the page; you may still change your mind."),
        route="/dating/live",
    ),
    Template(
        "dating_live_off",
        _("A live talk does not take place"),
        _("It did not come about this time. It says nothing about you; there will be others."),
        route="/dating/live",
    ),
)
