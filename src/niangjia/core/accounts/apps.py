from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "niangjia.core.accounts"
    label = "accounts"

    def ready(self) -> None:
        from niangjia.core.accounts import notices  # noqa: F401, PLC0415  # templates are declared once apps are ready
