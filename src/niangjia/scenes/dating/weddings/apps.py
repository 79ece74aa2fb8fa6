from django.apps import AppConfig


class WeddingsConfig(AppConfig):
    name = "niangjia.scenes.dating.weddings"
    label = "dating_weddings"
