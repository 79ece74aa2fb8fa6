from django.apps import AppConfig


class CircleConfig(AppConfig):
    name = "niangjia.scenes.dating.circle"
    label = "dating_circle"
