from django.apps import AppConfig


class WeddingsConfig(AppConfig):
    name = "niangjia.scenes.dating.weddings"
    label = "dating_weddings"

    def ready(self) -> None:
        from niangjia.scenes.dating.weddings import notices  # noqa: F401, PLC0415  # declared once apps are ready
