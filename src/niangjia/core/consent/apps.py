from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "niangjia.core.consent"
    label = "consent"

    def ready(self) -> None:
        from niangjia.core.consent import purposes  # noqa: F401, PLC0415  # purposes are declared once apps are ready
