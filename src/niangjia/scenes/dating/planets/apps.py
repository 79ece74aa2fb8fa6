from django.apps import AppConfig


class PlanetsConfig(AppConfig):
    name = "niangjia.scenes.dating.planets"
    label = "dating_planets"

    def ready(self) -> None:
        from niangjia.scenes.dating.planets import leaving, notices, processes  # noqa: F401, PLC0415  # declared once apps are ready
