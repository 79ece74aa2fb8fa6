"""Why two might fit, in words, from facts both may see (kernel `explain`)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from niangjia.engines.matching.kernels.explain import Code, Fact, Seen, explain
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.policies import meets, wishes_of
from niangjia.scenes.dating.taxonomy import HOBBIES
from niangjia.scenes.dating.types import Filters, week_of

_TITLES = {hobby.code: hobby for hobby in HOBBIES}
NAMED = 3  # more shared hobbies than these are counted, not named
ALL = len(HOBBIES) + len(Code)  # of the facts; they are joined into fewer sentences here


def reasons(me: Profile, other: Profile, now: datetime) -> list[str]:
    """The best reasons first."""
    facts = explain(me=_seen(me, other, now), them=_seen(other, me, now), hobby_share={}, most=ALL)
    codes = {fact.code for fact in facts}
    said = [_shared(facts), *_places(codes), *_wishes(codes)]
    if Code.NEW_HERE in codes:
        said.append(_("New here this week"))
    return [reason for reason in said if reason]


def _seen(one: Profile, by: Profile, now: datetime) -> Seen:
    """What `by` may see of them."""
    wishes = wishes_of(by)
    return Seen(
        hobbies=frozenset(one.hobbies) & _TITLES.keys(),
        places={"home_town": one.home_town, "district": one.district},
        fits_wishes=meets(one, wishes, now) if wishes != Filters() else None,
        is_new=one.joined_on >= week_of(now),
    )


def _shared(facts: Sequence[Fact]) -> str:
    both = [fact.what for fact in facts if fact.code == Code.SAME_HOBBY]
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


def _places(codes: set[Code]) -> list[str]:
    said = [_("You come from the same place")] if Code.SAME_HOME_TOWN in codes else []
    return said + ([_("You work in the same district")] if Code.SAME_DISTRICT in codes else [])


def _wishes(codes: set[Code]) -> list[str]:
    both = {Code.FITS_MY_WISHES, Code.I_FIT_THEIR_WISHES}
    if both <= codes:
        return [_("Each of you is what the other wishes for")]
    said = [_("Just what you wish for")] if Code.FITS_MY_WISHES in codes else []
    return said + ([_("You are what they wish for")] if Code.I_FIT_THEIR_WISHES in codes else [])
