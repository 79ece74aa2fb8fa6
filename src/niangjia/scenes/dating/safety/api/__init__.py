"""The phone app's part of safety, under /api/v1/dating/safety/, and the tiers."""

from niangjia.scenes.dating.safety.api import dates, tiers

__all__ = ["dates", "tiers"]
