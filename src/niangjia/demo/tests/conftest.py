from datetime import date
from functools import cache

import pytest

from niangjia.demo.decisions import Decisions, make_decisions
from niangjia.demo.employers import Employers, make_employers
from niangjia.demo.people import People, make_people

TODAY = date(2026, 11, 22)


@cache
def _city(seed: int) -> tuple[Employers, People, Decisions]:
    employers = make_employers(seed=seed)
    people = make_people(seed=seed, today=TODAY, employers=employers)
    return employers, people, make_decisions(people, seed=seed)


@pytest.fixture
def employers() -> Employers:
    return _city(1)[0]


@pytest.fixture
def people() -> People:
    return _city(1)[1]


@pytest.fixture
def decisions() -> Decisions:
    return _city(1)[2]
