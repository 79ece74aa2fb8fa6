"""The phone app's part of the circle, under /api/v1/dating/circle."""

from niangjia.scenes.dating.circle.api import around

__all__ = ["around"]
