from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "niangjia.engines.workflow"
    label = "workflow"
