"""What people are told by the desk; what asks for consent; and what its records are called. No message names anybody."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.audit import words
from niangjia.core.consent.types import Purpose
from niangjia.core.consent.types import register as ask_for
from niangjia.core.messages.types import Template, register
from niangjia.scenes.dating.desk.types import PURPOSE

ask_for(
    Purpose(
        PURPOSE,
        "2026-11",
        _("Let a matchmaker help me"),
        _(
            "Matchmakers of your union keep a record of you: what you wish for, what you agreed on, whom they introduced "
            "to you and what came of it. They see your dating profile. You read every word of it and see who opened it. "
            "Nobody at your workplace sees it, and neither do those who registered you. You can take this back at any time: "
            "then nobody sees it any more, and it is deleted after 30 days."
        ),
        sensitive=True,
    )
)

words.declare(
    **{
        "dating.help_registered": _("Registered somebody for help, whose word is awaited"),
        "dating.record_begun": _("Your record with the matchmakers began"),
        "dating.record_opened": _("Opened your record with the matchmakers"),
        "dating.introduced": _("Introduced you to somebody"),
        "dating.story_noted": _("Noted how you two are"),
        "dating.reward_proposed": _("Proposed a reward for you"),
        "dating.reward_payable": _("Agreed to a reward for you"),
        "dating.reward_refused": _("Refused a reward for you"),
        "dating.reward_paid": _("Paid you a reward"),
        "dating.station_opened": _("Opened a matchmaking station"),
        "dating.station_staffed": _("Put somebody to work at a matchmaking station"),
        "dating.station_changed": _("Changed a matchmaking station"),
        "dating.station_unstaffed": _("Took somebody off a matchmaking station"),
        "dating.room_shared": _("Said that a room of a matchmaking station is a place members book"),
        "dating.room_parted": _("Said that a room of a matchmaking station is no place members book"),
        "dating.station_closed": _("Closed a matchmaking station"),
        "dating.budget_set": _("Set the budget of a matchmaking station"),
        "dating.spending_agreed": _("Agreed to spend money of a matchmaking station"),
        "dating.spending_refused": _("Refused to spend money of a matchmaking station"),
        "dating.brand_written": _("Wrote down a brand of matchmakers"),
        "dating.brand_published": _("Published or withdrew a brand of matchmakers"),
    }
)

_HELP = "/dating/help"
_PEOPLE = "/dating/help/people"
register(
    Template(
        "help_asked",
        _("Somebody wishes you well"),
        _(
            "You were registered for help in finding a partner. Nothing is used before you say so yourself: open it, and "
            "answer with one tap. If you do nothing, it is deleted after 30 days."
        ),
        route=_HELP,
        sms="help_asked",
    ),
    Template(
        "help_introduction",
        _("Your matchmaker has somebody in mind"),
        _("Have a look, and answer when you like. Only if both of you say yes will either of you know."),
        route=_PEOPLE,
    ),
    Template(
        "help_not_now",
        _("Not this time"),
        _("It did not come together this time. It says nothing about you; your matchmaker looks on."),
        route=_HELP,
    ),
    Template("help_both_yes", _("Two said yes"), _("Two whom you introduced would like to meet. Arrange it for them.")),
    Template(
        "help_meeting",
        _("A time and a place for you two"),
        _("Have a look whether it suits you. If it does not, another one is proposed."),
        route=_PEOPLE,
    ),
    Template("help_meeting_agreed", _("You are meeting"), _("It suits you both. Have a good time!"), route=_PEOPLE),
    Template(
        "help_meeting_another",
        _("Another time, please"),
        _("A proposed meeting does not suit. Please propose another."),
    ),
    Template(
        "help_meeting_off",
        _("The meeting was called off"),
        _("We are sorry. Your matchmaker will propose another time."),
        route=_PEOPLE,
    ),
    Template(
        "help_how_are_you",
        _("How are you two?"),
        _("One tap tells your matchmaker. The other one does not see what you say."),
        route=_PEOPLE,
    ),
    Template(
        "help_counsel",
        _("Somebody to talk to"),
        _(
            "If things are hard at the moment, a counsellor is there for the two of you. What you say there stays there: "
            "we keep none of it."
        ),
        route=_PEOPLE,
    ),
    Template(
        "help_counsel_both",
        _("You both want to talk to somebody"),
        _("Who the counsellor is, and how to reach them, stands beside the two of you."),
        route=_PEOPLE,
    ),
    Template(
        "help_counsel_taken",
        _("Two took the counsellor"),
        _("Both of them know now how to reach the counsellor. Nothing of what is said comes back here."),
    ),
    Template(
        "help_confirm_wedding",
        _("Congratulations?"),
        _("You two are said to have married. If it is so, confirm it here with one tap."),
        route=_PEOPLE,
    ),
    Template(
        "help_married", _("They married!"), _("Two whom you introduced have married. Congratulations to you too.")
    ),
    Template(
        "help_reward_payable",
        _("A reward was agreed to"),
        _("Receipt {receipt}. It is on the list of what is to be paid."),
    ),
    Template("help_reward_refused", _("A reward was refused"), _("Receipt {receipt}. The reason stands on its page.")),
    Template(
        "help_reward_paid", _("Your reward was paid"), _("Receipt {receipt}. Thank you for bringing two together.")
    ),
)
