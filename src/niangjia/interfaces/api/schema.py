"""The API's own description, from which the phone app's types are made."""

import re
from typing import Any

import ninja.openapi.schema
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.schema import NinjaGenerateJsonSchema
from pydantic.json_schema import CoreModeRef, DefsRef

from niangjia.interfaces.api.types import Error


class NamedByScene(NinjaGenerateJsonSchema):
    """Shapes of a scene carry its name: two scenes may each have a “Card”, and neither must hide the other's."""

    def get_defs_ref(self, core_mode_ref: CoreModeRef) -> DefsRef:
        ref = super().get_defs_ref(core_mode_ref)
        scene = re.match(r"niangjia\.scenes\.(\w+)\.", core_mode_ref[0])
        if scene:
            choices = self._prioritized_defsref_choices[ref]
            choices[:2] = [DefsRef(scene[1].title() + name) for name in choices[:2]]
        return ref


# Django-ninja offers no other way to name them.
ninja.openapi.schema.NinjaGenerateJsonSchema = NamedByScene  # type: ignore[attr-defined]


class WorkerApi(NinjaAPI):
    """Django-ninja without the extra routes it adds for itself, and with our one error shape described everywhere."""

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        return [url for url in super()._get_urls() if getattr(url, "name", "") != "api-root"]

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(**kwargs)
        described = Error.model_json_schema(ref_template="#/components/schemas/{model}")
        schema.setdefault("components", {}).setdefault("schemas", {}).update(described.pop("$defs"))
        schema["components"]["schemas"]["Error"] = described
        for methods in schema["paths"].values():
            for operation in methods.values():
                operation["responses"]["default"] = _ERROR
        return schema


_ERROR = {
    "description": "What went wrong and what to do next, in the reader's language.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
}
