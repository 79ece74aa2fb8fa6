from django.apps import AppConfig


class RollsConfig(AppConfig):
    name = "niangjia.core.rolls"
    label = "rolls"
