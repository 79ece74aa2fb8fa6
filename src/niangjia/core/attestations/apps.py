from django.apps import AppConfig


class AttestationsConfig(AppConfig):
    name = "niangjia.core.attestations"
    label = "attestations"

    def ready(self) -> None:
        from niangjia.core.attestations import desk_roles, follows, notices  # noqa: F401, PLC0415  # declared once apps are ready
