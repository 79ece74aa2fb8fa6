from django.apps import AppConfig


class CockpitConfig(AppConfig):
    name = "niangjia.interfaces.cockpit"
    label = "cockpit"
