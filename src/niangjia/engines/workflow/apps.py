from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "niangjia.engines.workflow"
    label = "workflow"

    def ready(self) -> None:
        from niangjia.engines.workflow import notices  # noqa: F401, PLC0415  # words are declared once apps are ready
