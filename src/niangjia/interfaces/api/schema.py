"""The API's own description, from which the phone app's types are made."""

from typing import Any

from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI

from niangjia.interfaces.api.types import Error


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
