from django.apps import AppConfig


class AttestationsConfig(AppConfig):
    name = "niangjia.core.attestations"
    label = "attestations"
