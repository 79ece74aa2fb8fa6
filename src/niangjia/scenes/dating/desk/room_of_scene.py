"""The desk, as the scene sees it."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Permission, base_roles
from niangjia.scenes.dating.desk import api, home, jobs, keeping, meeting, metrics, office, selectors
from niangjia.scenes.dating.desk.console.pages import PAGES
from niangjia.scenes.dating.desk.types import LEAD, MATCHMAKE, REGISTER
from niangjia.scenes.dating.room import Room
from niangjia.scenes.dating.services import leaving
from niangjia.scenes.dating.venues import hearing

__all__ = ["api", "jobs", "room"]  # endpoints and jobs are there once they are imported

room = Room(
    slug="desk",
    permissions=(
        Permission(REGISTER, _("Register people who ask for help in finding a partner")),
        Permission(MATCHMAKE, _("Keep records of people who asked for help, and introduce them")),
        Permission(LEAD, _("Lead matchmaking centres: stations, money, rewards, figures")),
    ),
    roles=(
        base_roles.may(base_roles.MATCHMAKER, REGISTER, MATCHMAKE),
        base_roles.may(base_roles.UNION_OFFICER, REGISTER, LEAD),
        base_roles.may(base_roles.CITY_ADMIN, REGISTER, LEAD),
    ),
    metrics=metrics.METRICS,
    console_pages=PAGES,
    export=selectors.export,
    erase=keeping.erase,
    waiting=home.waiting,
    at_desk=office.waiting,
    on_consent_withdrawn=keeping.consent_withdrawn,
)

if meeting.called_off not in hearing.ALSO:
    hearing.ALSO.append(meeting.called_off)
if keeping.erase not in leaving.ALSO:
    leaving.ALSO.append(keeping.erase)  # who leaves dating leaves the matchmakers too
