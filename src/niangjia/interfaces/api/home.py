"""Filled by its room."""

from ninja import Router

router = Router(tags=["home"])
