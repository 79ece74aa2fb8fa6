from django.apps import AppConfig


class ScamConfig(AppConfig):
    name = "niangjia.scenes.dating.scam"
    label = "dating_scam"

    def ready(self) -> None:
        from niangjia.scenes.dating.scam import notices, processes  # noqa: F401, PLC0415  # declared once apps are ready
