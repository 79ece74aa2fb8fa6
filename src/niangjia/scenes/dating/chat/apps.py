from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "niangjia.scenes.dating.chat"
    label = "dating_chat"
