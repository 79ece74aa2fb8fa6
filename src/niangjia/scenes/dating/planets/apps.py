from django.apps import AppConfig


class PlanetsConfig(AppConfig):
    name = "niangjia.scenes.dating.planets"
    label = "dating_planets"
