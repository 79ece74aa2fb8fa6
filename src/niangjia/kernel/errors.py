"""The one family of errors that people see. Interfaces give each its status; the kernel knows no HTTP.

`message` says what happened, `next_step` what to do about it; both are translatable text.
"""

from collections.abc import Mapping


class DomainError(Exception):
    """Something a person did cannot be done, told kindly.

    `fields` maps the name of an input to what is wrong with it.
    """

    code = "refused"

    def __init__(
        self, message: object, *, code: str = "", next_step: object = "", fields: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.next_step = next_step
        self.fields = dict(fields or {})


class Invalid(DomainError):
    code = "invalid"


class SignInNeeded(DomainError):
    code = "sign_in_needed"


class StepUpNeeded(DomainError):
    """The action asks for a fresh second factor."""

    code = "step_up_needed"


class Forbidden(DomainError):
    code = "forbidden"


class NotFound(DomainError):
    """Missing, or another's: the two look the same on purpose."""

    code = "not_found"


class Conflict(DomainError):
    code = "conflict"


class TooMany(DomainError):
    code = "too_many"

    def __init__(self, message: object, *, retry_after: int, next_step: object = "", code: str = "") -> None:
        super().__init__(message, code=code, next_step=next_step)
        self.retry_after = retry_after


class Unavailable(DomainError):
    """A provider or a store does not answer; nothing was changed."""

    code = "unavailable"
