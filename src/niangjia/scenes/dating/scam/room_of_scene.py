"""The scam guard, as the scene sees it. Leaving deletes the profile and its warnings; a case keeps its own words."""

from niangjia.scenes.dating.room import Room
from niangjia.scenes.dating.scam.selectors import export

__all__ = ["room"]

room = Room(slug="scam", export=export)
