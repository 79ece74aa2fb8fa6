"""The API's description of itself: the phone app's types and the fuzz test are made from it."""

from typing import Any

from niangjia.interfaces.api import api


def _shape(path: str) -> Any:
    description = api.get_openapi_schema(path_prefix="/api/v1/")
    answer = description["paths"][f"/api/v1/{path}"]["post"]["responses"][200]["content"]["application/json"]["schema"]
    shapes = description["components"]["schemas"]

    def open_up(ref: dict[str, Any]) -> Any:
        return shapes[ref["$ref"].rsplit("/", 1)[-1]]

    return open_up(open_up(answer)["properties"]["items"]["items"])["properties"]


def test_a_card_of_one_scene_does_not_hide_that_of_another() -> None:
    assert "nickname" in _shape("dating/browse")
    assert "nickname" not in _shape("activities/find")
    assert "opens_at" in _shape("activities/find")
