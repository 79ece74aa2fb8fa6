from django.apps import AppConfig

from niangjia.core.registry import scenes


class CockpitConfig(AppConfig):
    name = "niangjia.interfaces.cockpit"
    label = "cockpit"

    def ready(self) -> None:
        from niangjia.engines.metrics import types  # noqa: PLC0415  # a scene's declaration needs its models

        for scene in scenes():
            types.register(*scene.metrics)
