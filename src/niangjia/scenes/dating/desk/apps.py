from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "niangjia.scenes.dating.desk"
    label = "dating_desk"
