"""What granian serves."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings")
application = get_wsgi_application()

gc.collect()
gc.freeze()  # what is loaded now stays; the collector need not look at it again in the middle of a request

# A thread that comes back from the database waits at most so long for one that computes. Ten times shorter than usual:
# in a rush the slowest answers come sooner, and more of them (measured in docs/adr/0003).
sys.setswitchinterval(0.0005)
