from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Permission, roles
from niangjia.core.access.base_roles import CITY_ADMIN, UNION_OFFICER, may


class RollsConfig(AppConfig):
    name = "niangjia.core.rolls"
    label = "rolls"

    def ready(self) -> None:
        roles.declare(
            permissions=(Permission("rolls.import", _("Import member rolls")),),
            roles=(may(UNION_OFFICER, "rolls.import"), may(CITY_ADMIN, "rolls.import")),
        )
