from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "niangjia.core.files"
    label = "files"

    def ready(self) -> None:
        from niangjia.core.files import notices  # noqa: F401, PLC0415  # declared once apps are ready
