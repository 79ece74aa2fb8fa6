"""Why two might fit, in words, from facts both may see (kernel `explain`)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from niangjia.engines.matching.kernels import explain as facts
from niangjia.engines.matching.kernels.explain import Code, Fact
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.policies import meets, wishes_of
from niangjia.scenes.dating.taxonomy import HOBBIES
from niangjia.scenes.dating.types import Filters, Seen, week_of

_TITLES = {hobby.code: hobby for hobby in HOBBIES}
NAMED = 3  # more shared hobbies than these are counted, not named
ALL = len(HOBBIES) + len(Code)  # of the facts; they are joined into fewer sentences here


_ANYTHING = Filters()
Why = Callable[[Seen], list[str]]


def reasons_for(me: Profile, now: datetime) -> Why:
    """Tells, best first, why somebody might fit me. What is known of me is looked up once for a whole page."""
    my_wishes, monday = wishes_of(me), week_of(now)
    my_hobbies, my_places = frozenset(me.hobbies) & _TITLES.keys(), _places_of(me)
    language = get_language() or ""

    def reasons(other: Seen) -> list[str]:
        mine = facts.Seen(hobbies=my_hobbies, places=my_places, fits_wishes=_fits(me, wishes_of(other), now))
        theirs = facts.Seen(
            hobbies=frozenset(other.hobbies) & _TITLES.keys(),
            places=_places_of(other),
            fits_wishes=_fits(other, my_wishes, now),
            is_new=other.joined_on >= monday,
        )
        return list(_in_words(language, tuple(facts.explain(me=mine, them=theirs, hobby_share={}, most=ALL))))

    return reasons


def _places_of(profile: Profile | Seen) -> dict[str, str]:
    return {"home_town": profile.home_town, "district": profile.district}


def _fits(profile: Profile | Seen, wishes: Filters, now: datetime) -> bool | None:
    return meets(profile, wishes, now) if wishes != _ANYTHING else None


@lru_cache(maxsize=8192)
def _in_words(language: str, told: tuple[Fact, ...]) -> tuple[str, ...]:
    """In the language now active, which is `language`. Looking up translations takes longer than all else of a card."""
    codes = {fact.code for fact in told}
    said = [_shared(language, told), *_places(codes), *_wishes(codes)]
    if Code.NEW_HERE in codes:
        said.append(_("New here this week"))
    return tuple(reason for reason in said if reason)


def _shared(language: str, told: Sequence[Fact]) -> str:
    both = [fact.what for fact in told if fact.code == Code.SAME_HOBBY]
    if not both:
        return ""
    glue = ", " if language.startswith("en") else "、"
    names = glue.join(_TITLES[code].title(language) for code in both[:NAMED])
    more = len(both) - NAMED
    if more > 0:
        text = ngettext(
            "You both like {names} and {more} more thing", "You both like {names} and {more} more things", more
        )
        return text.format(names=names, more=more)
    return _("You both like {names}").format(names=names)


def _places(codes: set[Code]) -> list[str]:
    said = [_("You come from the same place")] if Code.SAME_HOME_TOWN in codes else []
    return said + ([_("You work in the same district")] if Code.SAME_DISTRICT in codes else [])


def _wishes(codes: set[Code]) -> list[str]:
    both = {Code.FITS_MY_WISHES, Code.I_FIT_THEIR_WISHES}
    if both <= codes:
        return [_("Each of you is what the other wishes for")]
    said = [_("Just what you wish for")] if Code.FITS_MY_WISHES in codes else []
    return said + ([_("You are what they wish for")] if Code.I_FIT_THEIR_WISHES in codes else [])
