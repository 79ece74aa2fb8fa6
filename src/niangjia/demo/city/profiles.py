"""Dating profiles, with their copy of what is attested."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from niangjia.demo.city.copying import Row, copy
from niangjia.demo.city.plan import SEED, City
from niangjia.demo.dice import stream
from niangjia.demo.facts import YEAR
from niangjia.scenes.dating.models import Profile

_PROFILE = (
    "id person_id sex birth_date employer_id real_person_since employer_since single_since verified_until "
    "nickname about wish_text trade height_cm education home_town district marital children smoking drinking hobbies "
    "wish_age_from wish_age_to wish_height_from wish_height_to wish_educations wish_districts wish_marital "
    "visibility see_colleagues photos_to joined_on active_week turn"
)
_TOP = (1 << 62) - 1


def introduce(city: City) -> None:
    copy(Profile, _PROFILE, _profiles(city))


def _profiles(city: City) -> Iterator[Row]:
    turns = stream(seed=SEED, purpose="turns").integers(0, _TOP, len(city.people)).tolist()
    for row in city.with_profile():
        yield (
            city.profile_ids[row],
            city.person_ids[row],
            *_standing(city, row),
            *_self(city, row),
            *_wishes(city, row),
            *_seen(city, row, turns[row]),
        )


def _standing(city: City, row: int) -> Row:
    """What `scenes.dating.services.standing` would copy; a test compares the two."""
    people, facts, steps = city.people, city.people.facts, city.steps
    real, employer, single = (getattr(facts, kind)[row] == "verified" for kind in ("real_person", "employer", "single"))
    pledged = city.ago(steps.pledged[row])
    return (
        people.sex[row] if real else "",
        people.birth_date[row] if real else None,
        city.employer_ids[people.employer[row]] if employer else None,
        city.ago(steps.proven[row]) if real else None,
        city.ago(steps.employed[row]) if employer else None,
        pledged if single else None,
        pledged + timedelta(days=YEAR) if real and employer and single else None,
    )


def _self(city: City, row: int) -> Row:
    people = city.people
    return (
        people.nickname[row],
        people.about[row],
        people.wish_text[row],
        people.trade[row],
        int(people.height_cm[row]),
        people.education[row],
        people.home_town[row],
        people.district[row],
        people.marital[row],
        people.children[row],
        people.smoking[row],
        people.drinking[row],
        list(people.hobbies[row]),
    )


def _wishes(city: City, row: int) -> Row:
    wishes = city.people.wishes
    bounds = (wishes.age_from, wishes.age_to, wishes.height_from, wishes.height_to)
    lists = (wishes.educations, wishes.districts, wishes.marital)
    return (*(_or_none(bound[row]) for bound in bounds), *(list(chosen[row]) for chosen in lists))


def _or_none(number: Any) -> int | None:
    return int(number) or None


def _seen(city: City, row: int, turn: int) -> Row:
    """The two of the demo's story are the newest and stand first, so that they find each other at once."""
    people, today = city.people, city.people.today
    story = row in (city.named.woman, city.named.man)
    active = today - timedelta(days=0 if story else int(people.facts.last_active_days_ago[row]))
    joined = today if story else city.ago(city.steps.proven[row]).date()
    return (
        people.visibility[row],
        bool(people.see_colleagues[row]),
        people.photos_to[row],
        joined,
        _monday(active),
        _TOP if story else turn,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
