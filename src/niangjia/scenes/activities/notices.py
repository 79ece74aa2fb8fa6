"""What people are told about activities, what their log says of looks, and the consent that puts things in order."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.audit import words
from niangjia.core.consent.types import Purpose
from niangjia.core.consent.types import register as register_purpose
from niangjia.core.messages.types import Template, register
from niangjia.scenes.activities.types import FOR_ME

words.declare(
    **{
        "activities.answers_read": _("Read what you wrote into the form of an activity"),
        "activities.list_read": _("Opened the list of an activity on which you stand"),
        "activities.list_exported": _("Took out the list of an activity on which you stand"),
        "activities.list_downloaded": _("Loaded the list for the door of an activity on which you stand"),
    }
)

register_purpose(
    Purpose(
        FOR_ME,
        "2026-11",
        _("Put activities first that may suit me"),
        _(
            "We put activities first by the topics and the district you chose and by what you took part in before, and say "
            "why. Without this you see what comes next in time."
        ),
    )
)

register(
    Template(
        "activity_booked",
        _("You have a place"),
        _("“{title}” on {day} at {time}. Your ticket is under “My activities”. If you cannot come, please give it back: somebody waits for it."),
        route="/activities/mine",
        dates=("day",),
    ),
    Template(
        "activity_passed_on",
        _("Your place has been taken over"),
        _("“{title}” on {day} at {time}: the one you sent the link to has your place now, and your ticket is void. Thank you for thinking of somebody."),
        route="/activities/mine",
        dates=("day",),
    ),
    Template(
        "activity_taken_over",
        _("The place is yours"),
        _("“{title}” on {day} at {time}. A colleague passed the place on to you; your own ticket is under “My activities”. If you cannot come, please give it back."),
        route="/activities/mine",
        dates=("day",),
    ),
    Template(
        "activity_addon_ready",
        _("There is one for you after all"),
        _("“{title}” on {day}: what you were waiting for beside your place is yours now. It stands on your ticket."),
        route="/activities/mine",
        dates=("day",),
    ),
    Template(
        "activity_offered",
        _("A place has come free for you"),
        _("“{title}” on {day} at {time}. It is kept for you for a while; please say yes or no under “My activities”."),
        route="/activities/mine",
        sms="activity_offered",
        dates=("day",),
    ),
    Template(
        "activity_lapsed",
        _("The place went to somebody else"),
        _("You did not say yes in time to “{title}”, so the next one got it. You are welcome at the next activity."),
        route="/activities",
        dates=("day",),
    ),
    Template(
        "activity_refused",
        _("Your registration could not be accepted"),
        _("“{title}”: {reason}"),
        route="/activities/mine",
        dates=("day",),
    ),
    Template(
        "activity_in_line",
        _("You are in line"),
        _("The organiser said yes to you for “{title}” on {day} at {time}, but all places are taken just now. When one falls free we ask you."),
        route="/activities/mine",
        dates=("day",),
    ),
    Template(
        "activity_unlucky",
        _("No luck in the draw this time"),
        _("“{title}” was drawn. You were not among those drawn this time; anybody can recompute the draw on its page. If somebody gives a place back, the next in line gets it."),
        route="/activities/mine",
        dates=("day",),
    ),
    Template(
        "activity_called_off",
        _("An activity was called off"),
        _("“{title}” on {day} does not take place: {reason} We are sorry. You need not do anything."),
        route="/activities/mine",
        sms="activity_called_off",
        dates=("day",),
    ),
    Template(
        "activity_moved",
        _("An activity has a new time or place"),
        _("“{title}” is now on {day} at {time}, {place}. Your place is kept. If that does not suit you, give it back until it begins; nothing is held against you."),
        route="/activities/mine",
        sms="activity_moved",
        dates=("day",),
    ),
    Template(
        "activity_clash",
        _("Two of your activities are now at the same time"),
        _("“{title}” was moved to {day} at {time} and now overlaps with another place of yours. Please choose one; nothing is held against you."),
        route="/activities/mine",
        dates=("day",),
    ),
    Template(
        "activity_reminder",
        _("Tomorrow: {title}"),
        _("{day} at {time}, {place}. Have your ticket at hand; it also opens without a network once you have looked at it. If you cannot come, please give your place back now."),
        route="/activities/mine",
        sms="activity_reminder",
        dates=("day",),
    ),
    Template(
        "activity_survey",
        _("How was it?"),
        _("Three minutes for “{title}”: nobody sees who wrote what, and it makes the next one better."),
        route="/activities/mine",
    ),
    Template(
        "activity_certificate",
        _("Your certificate is ready"),
        _("You took part in “{title}”. Your certificate is under “My activities”."),
        route="/activities/mine",
    ),
    Template(
        "activity_absent",
        _("We missed you"),
        _("You had a place at “{title}” and did not come. Things come up; next time please give it back, somebody waits for it. If this is a mistake, tell us under “My activities”."),
        route="/activities/absences",
    ),
    Template(
        "activity_consequence",
        _("For a while others go first"),
        _("You had places several times and did not come. Until {day} you can register a day later than the others; you are welcome at everything that has places. If this is not right, ask for another look: a person decides."),
        route="/activities/absences",
        dates=("day",),
    ),
    Template(
        "activity_absence_decided",
        _("Your request was decided"),
        _("Receipt {receipt}. Open it to read the reason."),
        route="/activities/absences",
    ),
    Template(
        "activity_answered",
        _("Your question was answered"),
        _("At “{title}”. Have a look at the questions."),
        route="/activities/mine",
    ),
    Template(
        "activity_export_ready",
        _("Your list may be taken out"),
        _("Receipt {receipt}: a colleague decided about the list of “{title}”. Open the desk of the activity."),
    ),
)  # fmt: skip
