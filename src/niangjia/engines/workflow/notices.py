"""What the one whom a case concerns reads of it in the log of looks."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.audit.words import declare

declare(
    case_read=_("Read a case that concerns you"),
    case_moved=_("Worked on a case that concerns you"),
    case_decided=_("Decided a case that concerns you"),
)
