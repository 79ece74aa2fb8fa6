"""Tables of the allocation engine. What must never happen is refused by the database itself."""

from niangjia.engines.allocation.models.bookings import Booking, Consequence, Extra
from niangjia.engines.allocation.models.doors import CheckInList, Scan
from niangjia.engines.allocation.models.slots import Draw, Pool, Resource, Slot

__all__ = ["Booking", "CheckInList", "Consequence", "Draw", "Extra", "Pool", "Resource", "Scan", "Slot"]
