"""What goes when somebody leaves dating: pictures, places, ideas; the rest hangs on the profile."""

from datetime import datetime
from uuid import UUID

from niangjia.scenes.dating.planets import meeting, writing
from niangjia.scenes.dating.services import leaving


def forget(person_id: UUID, now: datetime) -> None:
    writing.leave_all(person_id)
    meeting.leave_all(person_id, now)


leaving.ALSO.append(forget)
