"""Settings and assembly. Imported before any model: Django's generic classes become subscriptable at run time here."""

import django_stubs_ext

django_stubs_ext.monkeypatch()
