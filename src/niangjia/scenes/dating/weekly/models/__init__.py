"""The tables of the weekly list and of the live programme."""

from niangjia.scenes.dating.weekly.models.lists import Entry, Interest, Line, WeeklyList
from niangjia.scenes.dating.weekly.models.lives import Guest, Live, LiveSignal, Suggestion

__all__ = ["Entry", "Guest", "Interest", "Line", "Live", "LiveSignal", "Suggestion", "WeeklyList"]
