"""Days and deadlines in China."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel.clock import add_working_days, age_on, is_working_day, today, years_before

DAYS = st.dates(date(2005, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 10, 1), False),  # national day
        (date(2025, 9, 28), True),  # a Sunday worked in exchange
        (date(2025, 10, 11), True),  # a Saturday worked in exchange
        (date(2025, 11, 24), True),
        (date(2039, 5, 2), True),  # no calendar published yet: a Monday
        (date(2039, 5, 1), False),  # and a Sunday
    ],
)
def test_working_days_are_those_of_the_state_council(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_five_working_days_over_the_october_week() -> None:
    assert add_working_days(date(2025, 9, 29), 2) == date(2025, 10, 9)


@given(day=DAYS, count=st.integers(0, 30))
def test_a_deadline_lies_on_a_working_day_with_so_many_of_them_on_the_way(day: date, count: int) -> None:
    end = add_working_days(day, count)
    between = [day + timedelta(days=step) for step in range(1, (end - day).days + 1)]
    assert sum(map(is_working_day, between)) == count
    assert count == 0 or is_working_day(end)


def test_the_day_changes_at_midnight_in_china() -> None:
    assert today(datetime(2026, 11, 22, 15, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert today(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)


def test_leap_days_have_birthdays_too() -> None:
    assert years_before(date(2024, 2, 29), 18) == date(2006, 2, 28)
    assert [age_on(date(2004, 2, 29), day) for day in (date(2022, 2, 28), date(2022, 3, 1))] == [17, 18]


@given(born=DAYS, day=DAYS)
def test_age_and_birthday_say_the_same(born: date, day: date) -> None:
    years = age_on(born, day)
    if years >= 0:
        assert years_before(day, years) >= born or (born.month, born.day) == (2, 29)
        assert years_before(day, years + 1) < born
