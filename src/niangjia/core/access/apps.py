from django.apps import AppConfig

from niangjia.core.access import base_roles, roles


class AccessConfig(AppConfig):
    name = "niangjia.core.access"
    label = "access"

    def ready(self) -> None:
        roles.declare(roles=base_roles.ALL)
