"""What granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings")
application = get_wsgi_application()

gc.collect()
gc.freeze()  # what is loaded now stays; the collector need not look at it again in the middle of a request
