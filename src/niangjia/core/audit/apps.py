from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "niangjia.core.audit"
    label = "audit"
