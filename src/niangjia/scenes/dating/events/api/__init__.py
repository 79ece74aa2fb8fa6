"""Events on the phone, under /api/v1/dating/events/."""

from niangjia.scenes.dating.api import router
from niangjia.scenes.dating.events.api import choosing, evening, finding

__all__ = ["choosing", "evening", "finding", "router"]
