"""Prints the access matrix as the server declares it: `make matrix` writes it to tests/access_matrix.txt."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings_test")
django.setup()

from tests.test_access_matrix import declared, described  # noqa: E402  # models exist only after set-up

for end in declared():
    print(f"{end.method:6} {end.route:50} {described(end.access)}")
