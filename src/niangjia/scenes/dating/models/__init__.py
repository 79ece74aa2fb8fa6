"""The tables of dating: who is there, who chose whom, and what keeps people safe."""

from niangjia.scenes.dating.models.choices import Block, ContactOffer, Decision, Pair, SeenOfDay
from niangjia.scenes.dating.models.profiles import Photos, Profile, ProfilePhoto, Shelf, Visibility
from niangjia.scenes.dating.models.safety import Evidence, Report, Restriction

__all__ = [
    "Block",
    "ContactOffer",
    "Decision",
    "Evidence",
    "Pair",
    "Photos",
    "Profile",
    "ProfilePhoto",
    "Report",
    "Restriction",
    "SeenOfDay",
    "Shelf",
    "Visibility",
]
