from django.apps import AppConfig


class DatingConfig(AppConfig):
    name = "niangjia.scenes.dating"
    label = "dating"

    def ready(self) -> None:
        from niangjia.scenes.dating import notices, processes, sides  # noqa: F401, PLC0415  # declared once apps are ready
        from niangjia.scenes.dating.events import entering  # noqa: F401, PLC0415  # hears of places that fall free
