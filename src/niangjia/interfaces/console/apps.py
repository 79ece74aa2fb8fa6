from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "niangjia.interfaces.console"
    label = "console"
