"""The circle, as the scene sees it. Leaving deletes the profile, and what it is tied by with it."""

from niangjia.scenes.dating.circle import api
from niangjia.scenes.dating.circle.selectors import export
from niangjia.scenes.dating.room import Room

__all__ = ["api", "room"]  # the API's endpoints stand in the scene's router once they are imported

room = Room(slug="circle", export=export)
