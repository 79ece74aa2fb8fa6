from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "niangjia.scenes.dating.desk"
    label = "dating_desk"

    def ready(self) -> None:
        from niangjia.scenes.dating.desk import notices  # noqa: F401, PLC0415  # declared once apps are ready
