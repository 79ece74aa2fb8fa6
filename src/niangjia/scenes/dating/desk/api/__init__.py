"""The matchmakers' help as the phone sees it."""

from niangjia.scenes.dating.desk.api import people, record

__all__ = ["people", "record"]
