"""The tables of activities: what is offered, and what those who take part leave behind besides their booking."""

from niangjia.scenes.activities.models.offers import Activity, ActivityPhoto, Series, Session, State, Way
from niangjia.scenes.activities.models.taking_part import (
    Answers,
    Certificate,
    LiveQuestion,
    SurveyDone,
    SurveySheet,
    Taste,
)

__all__ = [
    "Activity",
    "ActivityPhoto",
    "Answers",
    "Certificate",
    "LiveQuestion",
    "Series",
    "Session",
    "State",
    "SurveyDone",
    "SurveySheet",
    "Taste",
    "Way",
]
