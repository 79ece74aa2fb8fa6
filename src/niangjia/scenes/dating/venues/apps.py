from django.apps import AppConfig


class VenuesConfig(AppConfig):
    name = "niangjia.scenes.dating.venues"
    label = "dating_venues"
