from django.apps import AppConfig


class WeeklyConfig(AppConfig):
    name = "niangjia.scenes.dating.weekly"
    label = "dating_weekly"

    def ready(self) -> None:
        from niangjia.scenes.dating.weekly import notices, purposes  # noqa: F401, PLC0415  # declared once apps are ready
