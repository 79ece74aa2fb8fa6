"""Prints the API's description, from which the phone app's types are made."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings")
django.setup()

from niangjia.interfaces.api import api  # noqa: E402  # models exist only after set-up

json.dump(api.get_openapi_schema(path_prefix="/api/v1/"), sys.stdout, ensure_ascii=False, indent=1, default=str)
