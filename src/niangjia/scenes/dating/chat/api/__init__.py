"""The phone app's part of conversations, under /api/v1/dating/chat/."""

from niangjia.scenes.dating.chat.api import reading, writing

__all__ = ["reading", "writing"]
