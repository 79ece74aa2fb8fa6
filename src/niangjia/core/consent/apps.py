from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "niangjia.core.consent"
    label = "consent"
