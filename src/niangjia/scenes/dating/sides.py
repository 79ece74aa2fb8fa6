"""Dating as the matching engine's staff page names it."""

from django.utils.translation import gettext_lazy as _

from niangjia.engines.matching.types import PoolTitle, register
from niangjia.scenes.dating.types import POOL

register(PoolTitle(POOL, _("Finding a partner"), {"f": _("Lists of women"), "m": _("Lists of men")}))
