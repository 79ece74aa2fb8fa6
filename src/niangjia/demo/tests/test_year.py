"""The year of a large city holds together as if everybody had registered one by one."""

from typing import Any

import pytest
from django.db.models import F, Q

from niangjia.demo import seed
from niangjia.demo.city import activities, photos, plan, year
from niangjia.demo.happenings import LAST_YEAR
from niangjia.engines.allocation import selectors as allocation
from niangjia.engines.allocation.models import Booking, Scan
from niangjia.engines.metrics.models import Observation
from niangjia.kernel import clock
from niangjia.scenes.activities.models import Activity, SurveyDone, SurveySheet
from niangjia.scenes.activities.selectors import desk
from niangjia.scenes.dating.models import Event, Pair

SIZE = {"ACTIVITIES": 60, "CAME": 700, "PAIRS": 25, "NEEDED": 100, "_FEWEST": 4, "_MOST": 20}


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch, settings: Any, db: None) -> None:
    settings.DEMO = True
    monkeypatch.setattr(plan, "LARGE", 50)
    monkeypatch.setattr(photos, "SHARED", 2)
    monkeypatch.setattr(activities, "_CROWD", 30)
    for name, value in SIZE.items():
        monkeypatch.setattr(year, name, value)
    seed.load_city(people=900)


def test_the_year_comes_to_its_figures_and_is_sound(loaded: None) -> None:
    assert _of_the_year("activities.held") == 60
    assert _of_the_year("activities.participants") == 700
    assert _of_the_year("dating.event_pairs") == 25
    assert allocation.unsound() == []
    _booked_and_let_in()
    assert SurveyDone.objects.count() == SurveySheet.objects.count() > 100
    past = Activity.objects.filter(ends_at__lt=clock.now()).exclude(survey={})
    assert any(desk.survey_of(activity)[1] for activity in past)
    assert sum(Event.objects.values_list("pairs", flat=True)) == 25
    assert Pair.objects.count() >= 25


def _of_the_year(metric: str) -> int:
    """As it is kept for the whole, whether it may be shown or not."""
    weeks = year._weeks(clock.today(clock.now()))
    rows = Observation.objects.filter(metric=metric, org__depth=1, is_own=False, week__in=weeks)
    return sum(rows.values_list("count", flat=True))


def _booked_and_let_in() -> None:
    came = Booking.objects.filter(arrived_at__isnull=False, slot__resource__scene="activities")
    assert Scan.objects.filter(counted=True).count() == came.count()
    outside = Q(asked_at__lt=F("slot__opens_at")) | Q(asked_at__gt=F("slot__closes_at"))
    assert not Booking.objects.filter(outside, state="booked", slot__ends_at__lt=clock.now()).exists()
    ours = Activity.objects.filter(closed_at__isnull=False).exclude(title__in=[one.title for one in LAST_YEAR])
    assert not Booking.objects.filter(slot__in=ours.values("slot"), asked_at__lt=F("person__created_at")).exists()
    nobody_left_to_tell = allocation.untold("activities").filter(slot__ends_at__lt=clock.now())
    assert not nobody_left_to_tell.exists()
