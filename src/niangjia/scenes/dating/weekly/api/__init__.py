"""The phone app's part of the weekly list and the live programme, under /api/v1/dating/."""

from niangjia.scenes.dating.weekly.api import lists, lives, open_page

__all__ = ["lists", "lives", "open_page"]
