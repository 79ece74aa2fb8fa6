from django.apps import AppConfig
from django.core import checks

from niangjia.core.access import roles
from niangjia.core.attestations.types import FACTS_CHANGED
from niangjia.core.consent.types import WITHDRAWN
from niangjia.core.registry import scenes
from niangjia.interfaces.boot.checks import every_permission_is_declared, every_view_declares_its_access


class BootConfig(AppConfig):
    name = "niangjia.interfaces.boot"
    label = "boot"

    def ready(self) -> None:
        for scene in scenes():
            roles.declare(permissions=scene.permissions, roles=scene.roles)
            if scene.on_facts_changed:
                FACTS_CHANGED.append(scene.on_facts_changed)
            if scene.on_consent_withdrawn:
                WITHDRAWN.append(scene.on_consent_withdrawn)
        checks.register(every_view_declares_its_access)
        checks.register(every_permission_is_declared)
