from django.apps import AppConfig


class ScamConfig(AppConfig):
    name = "niangjia.scenes.dating.scam"
    label = "dating_scam"
