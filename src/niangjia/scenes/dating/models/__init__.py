"""The tables of dating: who is there, who chose whom, and what keeps people safe."""

from niangjia.scenes.dating.models.choices import Block, ContactOffer, Decision, Pair, PoolOfDay, SeenOfDay
from niangjia.scenes.dating.models.events import Entrant, Event, Proposal, Signal, Talk
from niangjia.scenes.dating.models.held import HeldText
from niangjia.scenes.dating.models.profiles import Photos, Profile, ProfilePhoto, Shelf, Visibility
from niangjia.scenes.dating.models.safety import Evidence, Report, Restriction

__all__ = [
    "Block",
    "ContactOffer",
    "Decision",
    "Entrant",
    "Event",
    "Evidence",
    "HeldText",
    "Pair",
    "Photos",
    "PoolOfDay",
    "Profile",
    "ProfilePhoto",
    "Proposal",
    "Report",
    "Restriction",
    "SeenOfDay",
    "Shelf",
    "Signal",
    "Talk",
    "Visibility",
]
