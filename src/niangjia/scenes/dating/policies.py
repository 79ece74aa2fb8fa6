"""Who may see whom. The same rule fills the lists, opens a profile and lets a yes be said."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from niangjia.core.access import Actor
from niangjia.core.access.policies import NONE, Policy
from niangjia.kernel import clock
from niangjia.scenes.dating.models import Block, Pair, Profile, Visibility
from niangjia.scenes.dating.types import ADULT, Filters


def standing(now: datetime) -> Q:
    """Verified three times over, of age, and not taken out by a decision."""
    unbarred = Q(barred_until=None) | Q(barred_until__lte=now)
    return Q(verified_until__gt=now, birth_date__lte=born_by(clock.today(now), ADULT)) & unbarred


def stands(profile: Profile, now: datetime) -> bool:
    """The same for a row in hand."""
    verified = profile.verified_until is not None and profile.verified_until > now
    grown = profile.birth_date is not None and profile.birth_date <= born_by(clock.today(now), ADULT)
    return verified and grown and (profile.barred_until is None or profile.barred_until <= now)


class Sight(Policy[Profile]):
    """What one member may see of the others. Nobody sees anybody before standing themselves.

    "meet": the opposite sex, not a colleague, not blocked, and open to me.
    "know": whom I am paired with, whatever they have set since.
    "open": either.
    """

    model = Profile

    def __init__(self, me: Profile, now: datetime) -> None:
        self.me = me
        self.now = now

    def rule(self, actor: Actor, action: str) -> Q:
        if actor.person_id != self.me.person_id or not stands(self.me, self.now):
            return NONE
        everybody = standing(self.now) & ~Q(blocked(self.me))
        if action == "meet":
            return everybody & self._strangers()
        if action == "know":
            return everybody & Q(paired(self.me))
        if action == "open":
            return everybody & (self._strangers() | Q(paired(self.me)))
        return NONE

    def _strangers(self) -> Q:
        """Whoever takes a break sees nobody either: all or nothing is fair."""
        if self.me.visibility == Visibility.PAUSED:
            return NONE
        return self._other_sex() & self._no_colleagues() & self._open()

    def _other_sex(self) -> Q:
        return Q(sex="m" if self.me.sex == "f" else "f")

    def _no_colleagues(self) -> Q:
        """Colleagues see each other only when both opened themselves to colleagues."""
        apart = ~Q(employer_id=self.me.employer_id)
        return apart | Q(see_colleagues=True) if self.me.see_colleagues else apart

    def _open(self) -> Q:
        to_me = wanting(self.me, self.now) & matching(wishes_of(self.me), self.now)
        return Q(visibility=Visibility.VERIFIED) | (Q(visibility=Visibility.FITTING) & to_me)


def blocked(me: Profile) -> Exists:
    """Blocked by me, or I by them: the same in every respect."""
    mine = Q(blocker_id=me.pk, blocked_id=OuterRef("pk"))
    theirs = Q(blocker_id=OuterRef("pk"), blocked_id=me.pk)
    return Exists(Block.objects.filter(mine | theirs))


def paired(me: Profile) -> Exists:
    """Whether both said yes and neither has ended it."""
    both = Q(first_id=me.pk, second_id=OuterRef("pk")) | Q(first_id=OuterRef("pk"), second_id=me.pk)
    return Exists(Pair.objects.filter(both, ended_at=None))


def matching(filters: Filters, now: datetime) -> Q:
    """Profiles that meet the filters."""
    today, rule = clock.today(now), Q()
    if filters.age_from is not None:
        rule &= Q(birth_date__lte=born_by(today, filters.age_from))
    if filters.age_to is not None:
        rule &= Q(birth_date__gt=born_by(today, filters.age_to + 1))
    if filters.height_from is not None:
        rule &= Q(height_cm__gte=filters.height_from)
    if filters.height_to is not None:
        rule &= Q(height_cm__lte=filters.height_to)
    if filters.home_town:
        rule &= Q(home_town=filters.home_town)
    if filters.hobbies:
        rule &= Q(hobbies__overlap=list(filters.hobbies))
    chosen = {"education": filters.educations, "district": filters.districts, "marital": filters.marital}
    return rule & Q(**{f"{column}__in": codes for column, codes in chosen.items() if codes})


def wanting(me: Profile, now: datetime) -> Q:
    """Profiles whose wishes I meet."""
    age = clock.age_on(me.birth_date, clock.today(now)) if me.birth_date else None
    return (
        _within("wish_age", age)
        & _within("wish_height", me.height_cm)
        & _among("wish_educations", me.education)
        & _among("wish_districts", me.district)
        & _among("wish_marital", me.marital)
    )


def _within(wish: str, value: int | None) -> Q:
    """No wish on this side, or met; what I did not tell meets no wish."""
    low, high = Q(**{f"{wish}_from": None}), Q(**{f"{wish}_to": None})
    if value is None:
        return low & high
    return (low | Q(**{f"{wish}_from__lte": value})) & (high | Q(**{f"{wish}_to__gte": value}))


def _among(wish: str, code: str) -> Q:
    return Q(**{wish: []}) | Q(**{f"{wish}__contains": [code]}) if code else Q(**{wish: []})


def wishes_of(profile: Profile) -> Filters:
    return Filters(
        age_from=profile.wish_age_from,
        age_to=profile.wish_age_to,
        height_from=profile.wish_height_from,
        height_to=profile.wish_height_to,
        educations=tuple(profile.wish_educations),
        districts=tuple(profile.wish_districts),
        marital=tuple(profile.wish_marital),
    )


def meets(profile: Profile, filters: Filters, now: datetime) -> bool:
    """The same as `matching`, for a row in hand; hobbies and home town are no wishes."""
    age = clock.age_on(profile.birth_date, clock.today(now)) if profile.birth_date else None
    return (
        _inside(age, filters.age_from, filters.age_to)
        and _inside(profile.height_cm, filters.height_from, filters.height_to)
        and (not filters.educations or profile.education in filters.educations)
        and (not filters.districts or profile.district in filters.districts)
        and (not filters.marital or profile.marital in filters.marital)
    )


def _inside(value: int | None, low: int | None, high: int | None) -> bool:
    if value is None:
        return low is None and high is None
    return (low is None or value >= low) and (high is None or value <= high)


def born_by(today: date, age: int) -> date:
    """The last birth date of those who are `age` today."""
    return clock.years_before(today, age)
