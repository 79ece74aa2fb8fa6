"""How satisfied people were: asked in the same words everywhere, so that it can be added up."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from niangjia.core.orgs.models import Org
from niangjia.kernel.errors import Invalid
from niangjia.scenes.activities import forms, metrics
from niangjia.scenes.activities.models import Activity, SurveySheet
from niangjia.scenes.activities.types import SURVEY_OPEN_FOR

DAY = timedelta(days=1)
JOY = {"code": "joy", "title": "总的感觉怎么样？", "kind": "satisfaction", "required": True}
FOOD = {"code": "food", "title": "饭菜怎么样？", "kind": "satisfaction"}


@pytest.fixture
def answered(offer: Any, past: Any) -> Any:
    """An activity that ended five days ago, with these answers."""

    def hold(survey: list[dict[str, Any]], *sheets: dict[str, Any]) -> Activity:
        activity: Activity = past(offer(survey=survey), by=6 * DAY)
        SurveySheet.objects.bulk_create(SurveySheet(activity=activity, answers=sheet) for sheet in sheets)
        return activity

    return hold


def test_the_five_steps_are_the_only_answers() -> None:
    form = forms.declared([JOY])
    assert forms.answered(form, {"joy": "4"}) == {"joy": "4"}
    for wrong in ("6", "0", "good", "yes"):
        with pytest.raises(Invalid):
            forms.answered(form, {"joy": wrong})


def test_it_counts_once_the_survey_has_closed_and_at_the_organiser(
    answered: Any, tree: dict[str, Org], now: datetime
) -> None:
    activity = answered([JOY], {"joy": "5"}, {"joy": "4"}, {"joy": "3"})
    closed = activity.ends_at + SURVEY_OPEN_FOR
    week = (closed - DAY, closed + DAY)
    assert metrics.opinions(*week) == {tree["xihu"].pk: 3}
    assert metrics.satisfied(*week) == {tree["xihu"].pk: 2}
    assert metrics.opinions(now - 30 * DAY, now) == {}


def test_only_the_first_such_question_counts_and_no_other_kind(answered: Any, tree: dict[str, Org]) -> None:
    both = answered([JOY, FOOD], {"joy": "1", "food": "5"})
    answered([{"code": "joy", "title": "开心吗", "kind": "yes_no"}], {"joy": "yes"})
    closed = both.ends_at + SURVEY_OPEN_FOR
    assert metrics.opinions(closed - DAY, closed + DAY) == {tree["xihu"].pk: 1}
    assert metrics.satisfied(closed - DAY, closed + DAY) == {}
