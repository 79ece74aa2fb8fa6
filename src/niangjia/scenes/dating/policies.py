"""Who may see whom, as one text of SQL: it fills the lists, opens a profile and lets a yes be said.

Text and not Q objects, because every list of people and every yes asks it: building it from Q objects took longer than
the database takes to answer.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from niangjia.core.access import Actor
from niangjia.core.access.policies import NONE, Policy
from niangjia.kernel import clock
from niangjia.scenes.dating.models import Profile, Visibility
from niangjia.scenes.dating.types import ADULT, Filters, Seen

# {p} is the profile looked at; the rest is known of the one who looks.
STANDING = """
{p}.verified_until > %(now)s AND ({p}.barred_until IS NULL OR {p}.barred_until <= %(now)s)
AND {p}.birth_date <= %(adult)s
"""
NOT_BLOCKED = """
NOT EXISTS (SELECT FROM dating_block b WHERE b.blocker_id = %(me)s AND b.blocked_id = {p}.id)
AND NOT EXISTS (SELECT FROM dating_block b WHERE b.blocker_id = {p}.id AND b.blocked_id = %(me)s)
"""
_I_MEET_THEIR_WISHES = """
({p}.wish_age_from IS NULL OR {p}.wish_age_from <= %(age)s) AND ({p}.wish_age_to IS NULL OR {p}.wish_age_to >= %(age)s)
AND ({p}.wish_height_from IS NULL OR {p}.wish_height_from <= %(height)s)
AND ({p}.wish_height_to IS NULL OR {p}.wish_height_to >= %(height)s)
AND ({p}.wish_educations = '{{}}' OR %(education)s = ANY ({p}.wish_educations))
AND ({p}.wish_districts = '{{}}' OR %(district)s = ANY ({p}.wish_districts))
AND ({p}.wish_marital = '{{}}' OR %(marital)s = ANY ({p}.wish_marital))
"""
_COMPANY = """
%(looking)s AND {p}.visibility <> 'paused'
AND ({p}.employer_id IS DISTINCT FROM %(employer)s OR (%(colleagues)s AND {p}.see_colleagues))
"""
_LISTED = _COMPANY + " AND {p}.sex = %(sex)s"
_STRANGERS = (
    _LISTED
    + """
AND ({p}.visibility = 'verified' OR ({p}.visibility = 'fitting' AND {my_wishes} AND {their_wishes}))
"""
)
PAIRED = """
EXISTS (SELECT FROM dating_pair r WHERE r.ended_at IS NULL
        AND r.first_id = LEAST(%(me)s, {p}.id) AND r.second_id = GREATEST(%(me)s, {p}.id))
"""


def stands(profile: Profile, now: datetime) -> bool:
    """Verified three times over, of age, and not taken out by a decision: `STANDING` for a row in hand."""
    verified = profile.verified_until is not None and profile.verified_until > now
    grown = profile.birth_date is not None and profile.birth_date <= born_by(clock.today(now), ADULT)
    return verified and grown and (profile.barred_until is None or profile.barred_until <= now)


@dataclass(frozen=True)
class Rule:
    """A condition in SQL with named parameters."""

    sql: str
    params: dict[str, Any]

    def as_q(self) -> Q:
        names = re.findall(r"%\((\w+)\)s", self.sql)
        return Q(RawSQL(re.sub(r"%\(\w+\)s", "%s", self.sql), [self.params[n] for n in names], BooleanField()))  # noqa: S611  # only our own text


class Sight(Policy[Profile]):
    """What one member may see of the others. Nobody sees anybody before standing themselves.

    "meet": the opposite sex, not a colleague, not blocked, and open to me. Colleagues see each other only when both
    opened themselves to colleagues. Whoever takes a break sees nobody either: all or nothing is fair.
    "listed": "meet", whatever either wishes: for those who put themselves on a list, or ask to be looked at.
    "company": "listed" of either sex: whose words one reads where many talk.
    "know": whom I am paired with, whatever they have set since. "open": either.
    """

    model = Profile

    def __init__(self, me: Profile, now: datetime) -> None:
        self.me = me
        self.now = now

    def rule(self, actor: Actor, action: str) -> Q:
        if actor.person_id != self.me.person_id or not stands(self.me, self.now):
            return NONE
        return self.sql(action, p="dating_profile").as_q()

    def sql(self, action: str, *, p: str = "p") -> Rule:
        """The same, for a query written by hand in which the profile is called `p`."""
        wishes, params = conditions(wishes_of(self.me), self.now, prefix="my_", row=p, all_of_them=True)
        strangers = _STRANGERS.format(p=p, my_wishes=wishes, their_wishes=_I_MEET_THEIR_WISHES.format(p=p))
        paired = PAIRED.format(p=p)
        whom = {
            "meet": strangers,
            "listed": _LISTED.format(p=p),
            "company": _COMPANY.format(p=p),
            "know": paired,
            "open": f"({strangers} OR {paired})",
        }.get(action, "false")
        return Rule(f"{STANDING.format(p=p)} AND {NOT_BLOCKED.format(p=p)} AND {whom}", {**self._me(), **params})

    def _me(self) -> dict[str, Any]:
        me, today = self.me, clock.today(self.now)
        return {
            "me": me.pk,
            "now": self.now,
            "adult": born_by(today, ADULT),
            "looking": me.visibility != Visibility.PAUSED and stands(me, self.now),
            "sex": "m" if me.sex == "f" else "f",
            "employer": me.employer_id,
            "colleagues": me.see_colleagues,
            "age": clock.age_on(me.birth_date, today) if me.birth_date else None,
            "height": me.height_cm,
            "education": me.education,
            "district": me.district,
            "marital": me.marital,
        }


def conditions(
    filters: Filters, now: datetime, *, prefix: str = "", row: str = "p", all_of_them: bool = False
) -> tuple[str, dict[str, Any]]:
    """What a row must meet, hobbies apart, and its parameters; "true" when anything goes.

    Only what is asked is in the text, so that an index serves it; `all_of_them` makes one text for whatever is asked.
    """
    today = clock.today(now)
    asked: list[tuple[str, str, str, Any]] = [
        ("birth_date <=", "young", "date", _born(today, filters.age_from)),
        ("birth_date >", "old", "date", _born(today, filters.age_to, more=1)),
        ("height_cm >=", "short", "int", filters.height_from),
        ("height_cm <=", "tall", "int", filters.height_to),
        ("home_town =", "town", "text", filters.home_town),
        ("education = ANY", "educations", "text[]", list(filters.educations) or None),
        ("district = ANY", "districts", "text[]", list(filters.districts) or None),
        ("marital = ANY", "maritals", "text[]", list(filters.marital) or None),
    ]
    given = [(text, f"%({prefix}{name})s::{kind}") for text, name, kind, value in asked if all_of_them or value]
    either = "({1} IS NULL OR {2}.{0} ({1}))" if all_of_them else "{2}.{0} ({1})"
    sql = " AND ".join(either.format(text, value, row) for text, value in given)
    return sql or "true", {prefix + name: value for _text, name, _kind, value in asked if all_of_them or value}


def _born(today: date, age: int | None, *, more: int = 0) -> date | None:
    return None if age is None else born_by(today, age + more)


def wishes_of(profile: Profile | Seen) -> Filters:
    return Filters(
        age_from=profile.wish_age_from,
        age_to=profile.wish_age_to,
        height_from=profile.wish_height_from,
        height_to=profile.wish_height_to,
        educations=tuple(profile.wish_educations),
        districts=tuple(profile.wish_districts),
        marital=tuple(profile.wish_marital),
    )


def meets(profile: Profile | Seen, filters: Filters, now: datetime) -> bool:
    """The same as `conditions`, for a row in hand; hobbies and home town are no wishes."""
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
