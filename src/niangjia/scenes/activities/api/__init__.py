"""The phone app's part of activities, under /api/v1/activities/."""

from niangjia.scenes.activities.api import finding, open_pages, passing, registering, taking_part
from niangjia.scenes.activities.api.frame import router

__all__ = ["finding", "open_pages", "passing", "registering", "router", "taking_part"]
