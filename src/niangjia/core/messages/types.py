"""Templates of messages: declared in code by the room that sends them, translated when shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format

TEMPLATES: dict[str, "Template"] = {}


@dataclass(frozen=True)
class Template:
    """`title`, `body` are translatable text with {named} parameters; `sms` names the provider's approved template.

    `route` is where the phone app goes when the note is tapped. `words` says what codes among the parameters are
    called, `dates` which parameters are ISO days: both are put into the reader's language. `unsent`: the note to whom a
    text message is sent for, when it cannot be sent.
    """

    code: str
    title: object
    body: object
    route: str = ""
    sms: str = ""
    unsent: str = ""
    words: Mapping[str, object] = field(default_factory=dict)
    dates: tuple[str, ...] = ()

    def render(self, params: Mapping[str, object]) -> tuple[str, str]:
        """Title and body in the language now active."""
        shown = {name: self._shown(name, value) for name, value in params.items()}
        return str(self.title).format_map(shown), str(self.body).format_map(shown)

    def _shown(self, name: str, value: object) -> str:
        if value and name in self.dates:
            return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
        return str(self.words.get(str(value), value))


def register(*templates: Template) -> None:
    for template in templates:
        TEMPLATES[template.code] = template
