"""Reads one provider's section of `settings.PROVIDER_CONFIG`."""

from collections.abc import Mapping
from typing import Any, cast

from django.conf import settings

from niangjia.core.ports import ProviderUnavailable


def section(name: str) -> Mapping[str, Any]:
    found = settings.PROVIDER_CONFIG.get(name)
    if not found:
        raise ProviderUnavailable(f"PROVIDER_CONFIG has no section {name}")
    return cast("Mapping[str, Any]", found)
