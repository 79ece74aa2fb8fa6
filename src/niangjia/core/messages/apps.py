from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "niangjia.core.messages"
    label = "inbox"  # "messages" is taken by Django
