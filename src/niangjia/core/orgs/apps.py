from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Permission, roles
from niangjia.core.access.base_roles import CITY_ADMIN, ENTERPRISE_HR, UNION_OFFICER, may


class OrgsConfig(AppConfig):
    name = "niangjia.core.orgs"
    label = "orgs"

    def ready(self) -> None:
        roles.declare(
            permissions=(
                Permission("orgs.see", _("See the organisation tree")),
                Permission("orgs.manage", _("Change the organisation tree")),
            ),
            roles=(
                may(ENTERPRISE_HR, "orgs.see"),
                may(UNION_OFFICER, "orgs.see", "orgs.manage"),
                may(CITY_ADMIN, "orgs.see", "orgs.manage"),
            ),
        )
