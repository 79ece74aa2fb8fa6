"""Lists of Django's admin as plain rows: labels, texts and an address, for `console/list.html`."""

from typing import Any

from django import template
from django.contrib.admin.utils import lookup_field
from django.utils.formats import date_format
from django.utils.timezone import localtime

register = template.Library()


@register.simple_tag
def rows_of(changes: Any) -> dict[str, Any]:
    """The rows on this page of a change list."""
    names = [name for name in changes.list_display if name != "action_checkbox"]
    labels = [changes.model_admin.label(name) for name in names]
    slug = changes.model_admin.slug
    return {
        "labels": labels,
        "rows": [
            {
                "address": f"/console/{slug}/{row.pk}/",
                "cells": list(zip(labels, [_text(changes, name, row) for name in names], strict=True)),
            }
            for row in changes.result_list
        ],
        "previous": _page(changes, changes.page_num - 1),
        "next": _page(changes, changes.page_num + 1),
    }


def _text(changes: Any, name: str, row: Any) -> str:
    field, _attribute, value = lookup_field(name, row, changes.model_admin)
    choices = dict(getattr(field, "flatchoices", None) or ())
    if value in (None, ""):
        return "—"
    if hasattr(value, "isoformat"):
        return date_format(localtime(value), "Y-m-d H:i") if hasattr(value, "hour") else date_format(value, "Y-m-d")
    return str(choices.get(value, value))


def _page(changes: Any, number: int) -> str:
    if not 1 <= number <= changes.paginator.num_pages:
        return ""
    return str(changes.get_query_string({"p": number}))


@register.filter
def filter_title(spec: Any, changes: Any) -> str:
    return str(changes.model_admin.label(spec.field_path))


@register.filter
def choices_of(spec: Any, changes: Any) -> list[dict[str, Any]]:
    """A filter's choices as options of a select: what its form field must send."""
    options = []
    for choice in spec.choices(changes):
        sent = dict(pair.split("=", 1) for pair in choice["query_string"].lstrip("?").split("&") if "=" in pair)
        options.append({**choice, "value": sent.get(spec.lookup_kwarg, "")})
    return options
