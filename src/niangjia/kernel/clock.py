"""Time as unions in China keep it. Services take the moment as an argument; only the edges call `now`."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(UTC)


def today(moment: datetime) -> date:
    """The day it is in China at `moment`."""
    return moment.astimezone(SHANGHAI).date()


def is_working_day(day: date) -> bool:
    """By the State Council's calendar where published; beyond its last year, Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # the calendar of that year is not published yet
        return day.weekday() < 5


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def age_on(born: date, day: date) -> int:
    """Full years of age (周岁)."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
