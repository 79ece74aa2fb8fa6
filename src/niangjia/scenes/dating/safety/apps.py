from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "niangjia.scenes.dating.safety"
    label = "dating_safety"
