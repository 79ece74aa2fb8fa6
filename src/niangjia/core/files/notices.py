"""What people read in their log when a photo that turned up elsewhere is traced."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.audit.words import declare

declare(
    photo_traced=_("Looked where a photo of yours that turned up elsewhere came from"),
    photo_traced_to=_("Found that a photo that turned up elsewhere had been shown to you"),
)
