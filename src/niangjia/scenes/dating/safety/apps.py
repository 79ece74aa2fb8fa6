from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "niangjia.scenes.dating.safety"
    label = "dating_safety"

    def ready(self) -> None:
        from niangjia.scenes.dating.safety import notices  # noqa: F401, PLC0415  # declared once apps are ready
