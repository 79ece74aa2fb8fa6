from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "niangjia.core.orgs"
    label = "orgs"
