"""The phone app's part of planets, under /api/v1/dating/planets."""

from niangjia.scenes.dating.planets.api import meeting, reading, writing

__all__ = ["meeting", "reading", "writing"]
