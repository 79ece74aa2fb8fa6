from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "niangjia.scenes.activities"
    label = "activities"

    def ready(self) -> None:
        from niangjia.scenes.activities import hearing, notices, processes  # noqa: F401, PLC0415  # declared once apps are ready
