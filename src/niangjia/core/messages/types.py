"""Templates of messages: declared in code by the room that sends them, translated when shown."""

from collections.abc import Mapping
from dataclasses import dataclass

TEMPLATES: dict[str, "Template"] = {}


@dataclass(frozen=True)
class Template:
    """`title`, `body` are translatable text with {named} parameters; `sms` names the provider's approved template.

    `route` is where the phone app goes when the note is tapped.
    """

    code: str
    title: object
    body: object
    route: str = ""
    sms: str = ""

    def render(self, params: Mapping[str, object]) -> tuple[str, str]:
        """Title and body in the language now active."""
        return str(self.title).format_map(params), str(self.body).format_map(params)


def register(*templates: Template) -> None:
    for template in templates:
        TEMPLATES[template.code] = template
