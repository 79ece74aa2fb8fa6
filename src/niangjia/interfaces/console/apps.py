from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "niangjia.interfaces.console"
    label = "console"

    def ready(self) -> None:
        from niangjia.interfaces.console import notices, permissions, records, tree_changes, two_people  # noqa: F401, PLC0415  # models exist only now

        permissions.declare()
        two_people.declare()
        tree_changes.declare()
