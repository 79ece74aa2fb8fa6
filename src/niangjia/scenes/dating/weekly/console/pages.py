"""Which page stands where."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.registry import ConsolePage
from niangjia.scenes.dating.weekly.console import hotline, lists, live
from niangjia.scenes.dating.weekly.console.frame import HOTLINE, LISTS, LIVES
from niangjia.scenes.dating.weekly.types import RUN

PAGES = (
    ConsolePage(_("Weekly list"), "format_list_numbered", LISTS, lists.all_lists, RUN),
    ConsolePage("", "", f"{LISTS}/one", lists.one, RUN, hidden=True),
    ConsolePage("", "", f"{LISTS}/act", lists.act, RUN, hidden=True),
    ConsolePage(_("Hotline"), "call", HOTLINE, hotline.calls, RUN),
    ConsolePage(_("Live programme"), "video_call", LIVES, live.talks, RUN),
)
