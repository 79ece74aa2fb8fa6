from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "niangjia.engines.matching"
    label = "matching"
