"""What granian serves beside the web server: open connections. No models, no apps: it stays small."""

import os

from django.conf import settings

from niangjia.interfaces.live.app import Live

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings")
settings.DATABASES  # noqa: B018  # read now: with the settings the keys are installed
application = Live()
