"""Which page stands where."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.registry import ConsolePage
from niangjia.scenes.dating.planets.console import desk
from niangjia.scenes.dating.planets.types import RUN_PLANETS

PAGES = (ConsolePage(_("Interest planets"), "public", desk.HOME, desk.page, RUN_PLANETS),)
