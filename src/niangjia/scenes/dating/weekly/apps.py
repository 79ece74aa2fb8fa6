from django.apps import AppConfig


class WeeklyConfig(AppConfig):
    name = "niangjia.scenes.dating.weekly"
    label = "dating_weekly"
