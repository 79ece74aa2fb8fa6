"""Why two might fit, in words, from facts both may see."""

from datetime import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.policies import meets, wishes_of
from niangjia.scenes.dating.taxonomy import HOBBIES
from niangjia.scenes.dating.types import Filters

_TITLES = {hobby.code: hobby for hobby in HOBBIES}
NAMED = 3  # more shared hobbies than these are counted, not named


def reasons(me: Profile, other: Profile, now: datetime) -> list[str]:
    """The best reasons first."""
    said = [_shared(me, other), _home(me, other), *_wishes(me, other, now)]
    return [reason for reason in said if reason]


def _shared(me: Profile, other: Profile) -> str:
    both = [code for code in other.hobbies if code in set(me.hobbies) and code in _TITLES]
    if not both:
        return ""
    language = get_language() or ""
    glue = ", " if language.startswith("en") else "、"
    names = glue.join(_TITLES[code].title(language) for code in both[:NAMED])
    more = len(both) - NAMED
    if more > 0:
        text = ngettext(
            "You both like {names} and {more} more thing", "You both like {names} and {more} more things", more
        )
        return text.format(names=names, more=more)
    return _("You both like {names}").format(names=names)


def _home(me: Profile, other: Profile) -> str:
    return _("You come from the same place") if me.home_town and me.home_town == other.home_town else ""


def _wishes(me: Profile, other: Profile, now: datetime) -> list[str]:
    mine, theirs = wishes_of(me), wishes_of(other)
    anything = Filters()
    fits_me = mine != anything and meets(other, mine, now)
    fits_them = theirs != anything and meets(me, theirs, now)
    if fits_me and fits_them:
        return [_("Each of you is what the other wishes for")]
    said = [_("Just what you wish for")] if fits_me else []
    return said + ([_("You are what they wish for")] if fits_them else [])
