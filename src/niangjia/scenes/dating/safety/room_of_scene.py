"""Safety, as the scene sees it. Leaving deletes the profile, and all of this with it."""

from niangjia.scenes.dating.room import Room
from niangjia.scenes.dating.safety import api
from niangjia.scenes.dating.safety.home import waiting
from niangjia.scenes.dating.safety.resting import consent_withdrawn
from niangjia.scenes.dating.safety.selectors import export

__all__ = ["api", "room"]  # the API's endpoints stand in the scene's router once they are imported

room = Room(slug="safety", export=export, waiting=waiting, on_consent_withdrawn=consent_withdrawn)
