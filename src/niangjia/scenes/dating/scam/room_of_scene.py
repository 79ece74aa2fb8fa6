"""The scam guard, as the scene sees it. Leaving deletes the profile and its warnings; a case keeps its own words."""

from niangjia.scenes.dating.room import Room
from niangjia.scenes.dating.scam import api
from niangjia.scenes.dating.scam.console import PAGES
from niangjia.scenes.dating.scam.selectors import export

__all__ = ["api", "room"]  # the API stands in the router of the scene once it is imported

room = Room(slug="scam", console_pages=PAGES, export=export)
