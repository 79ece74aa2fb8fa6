"""Conversations, as the scene sees them."""

from niangjia.scenes.dating.chat import api, forgetting
from niangjia.scenes.dating.chat.showing import PAGES
from niangjia.scenes.dating.room import Room

__all__ = ["api", "room"]  # the API's endpoints stand in the scene's router once they are imported

room = Room(slug="chat", console_pages=PAGES, export=forgetting.export, erase=forgetting.erase)
