"""The phone app's part of venues and shows, under /api/v1/dating/."""

from niangjia.scenes.dating.venues.api import shows, venues

__all__ = ["shows", "venues"]
