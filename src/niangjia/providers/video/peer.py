"""No video server: the two browsers connect directly, and find each other through the scene's own signals."""

from datetime import datetime

from niangjia.core.ports import VideoSeat


class BrowserToBrowser:
    server = ""

    def seat(self, *, room: str, identity: str, name: str, now: datetime, until: datetime) -> VideoSeat:
        return VideoSeat("peer")
