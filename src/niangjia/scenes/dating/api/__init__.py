"""The phone app's part of dating, under /api/v1/dating/."""

from niangjia.scenes.dating.api import pairs, people, profile, safety
from niangjia.scenes.dating.api.frame import router

__all__ = ["pairs", "people", "profile", "router", "safety"]
