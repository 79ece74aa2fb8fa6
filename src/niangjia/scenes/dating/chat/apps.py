from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "niangjia.scenes.dating.chat"
    label = "dating_chat"

    def ready(self) -> None:
        from niangjia.scenes.dating.chat import notices, showing  # noqa: F401, PLC0415  # declared once apps are ready
