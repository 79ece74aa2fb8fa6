"""Why two might fit, in words for a matchmaker, from facts both may see (kernel `explain`)."""

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from niangjia.engines.matching.kernels import explain as facts
from niangjia.engines.matching.kernels.explain import Code
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.policies import meets, wishes_of
from niangjia.scenes.dating.taxonomy import HOBBIES
from niangjia.scenes.dating.types import Filters, Seen

_TITLES = {hobby.code: hobby for hobby in HOBBIES}
_ANYTHING = Filters()
_NAMED = 4


def reasons(me: Profile, other: Profile | Seen, now: datetime) -> list[str]:
    told = facts.explain(me=_seen(me, other, now), them=_seen(other, me, now), hobby_share={}, most=40)
    codes = {fact.code for fact in told}
    hobbies = [fact.what for fact in told if fact.code == Code.SAME_HOBBY]
    return [*_wishes(codes), *_hobbies(hobbies), *_places(codes)]


def _seen(one: Profile | Seen, by: Profile | Seen, now: datetime) -> facts.Seen:
    wishes = wishes_of(by)
    return facts.Seen(
        hobbies=frozenset(one.hobbies) & _TITLES.keys(),
        places={"home_town": one.home_town, "district": one.district},
        fits_wishes=meets(one, wishes, now) if wishes != _ANYTHING else None,
    )


def _wishes(codes: set[Code]) -> list[str]:
    both = {Code.FITS_MY_WISHES, Code.I_FIT_THEIR_WISHES}
    if both <= codes:
        return [_("Each is what the other wishes for")]
    said = [_("Is what your person wishes for")] if Code.FITS_MY_WISHES in codes else []
    return said + ([_("Your person is what they wish for")] if Code.I_FIT_THEIR_WISHES in codes else [])


def _hobbies(codes: list[str]) -> list[str]:
    if not codes:
        return []
    language = get_language() or ""
    glue = ", " if language.startswith("en") else "、"
    return [_("Both like {names}").format(names=glue.join(_TITLES[code].title(language) for code in codes[:_NAMED]))]


def _places(codes: set[Code]) -> list[str]:
    said = [_("Both come from the same place")] if Code.SAME_HOME_TOWN in codes else []
    return said + ([_("Both work in the same district")] if Code.SAME_DISTRICT in codes else [])
