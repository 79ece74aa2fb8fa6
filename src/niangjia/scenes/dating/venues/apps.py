from django.apps import AppConfig


class VenuesConfig(AppConfig):
    name = "niangjia.scenes.dating.venues"
    label = "dating_venues"

    def ready(self) -> None:
        from niangjia.scenes.dating.venues import hearing, notices  # noqa: F401, PLC0415  # declared once apps are ready
