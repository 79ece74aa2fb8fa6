from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "niangjia.engines.metrics"
    label = "metrics"

    def ready(self) -> None:
        from niangjia.engines.metrics import house, types  # noqa: PLC0415  # what it counts are models

        types.register(*house.METRICS)
