from django.apps import AppConfig


class AllocationConfig(AppConfig):
    name = "niangjia.engines.allocation"
    label = "allocation"
