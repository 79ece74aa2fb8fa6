from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "niangjia.core.access"
    label = "access"
