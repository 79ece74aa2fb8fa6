"""Every endpoint and page says who may call it. These decorators declare it; `interfaces.boot.fence` enforces it,
before a single argument is looked at, and the server does not start while a view declares nothing.

They stand directly above the view function, for API endpoints and pages alike:

    @router.post("/yes", response=Decided)
    @access.signed_in
    def say_yes(request, said: Said) -> Decided: ...
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from niangjia.core.access.types import NOBODY, Actor
from niangjia.kernel import clock
from niangjia.kernel.errors import Forbidden, SignInNeeded, StepUpNeeded

View = TypeVar("View", bound=Callable[..., Any])

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Access:
    """What a view declares. `reason` tells why a public one is public."""

    permission: str = ""
    fresh: bool = False
    public: bool = False
    reason: str = ""

    def check(self, actor: Actor) -> None:
        if self.public:
            return
        if not actor.signed_in:
            raise SignInNeeded(
                _("Please sign in first."), next_step=_("Sign in with your phone number; it takes a minute.")
            )
        if self.permission and not actor.holds(self.permission):
            raise Forbidden(
                _("This is not yours to open."), next_step=_("If it should be, ask whoever gave you your role.")
            )
        if self.fresh and not actor.is_fresh(clock.now()):
            raise StepUpNeeded(
                _("Please confirm once more that it is you."),
                next_step=_("Enter the six digits from your authenticator."),
            )


def actor_of(request: HttpRequest) -> Actor:
    """The actor that middleware put on the request."""
    actor: Actor = getattr(request, "actor", NOBODY)
    return actor


def _declared(rule: Access, view: View) -> View:
    view.access = rule  # type: ignore[attr-defined]  # functions carry attributes; mypy does not know which
    return view


def public(*, reason: str) -> Callable[[View], View]:
    """Open to everybody, and why."""
    return functools.partial(_declared, Access(public=True, reason=reason))


def signed_in(view: View) -> View:
    """Open to everybody who is signed in; what they see is theirs alone, by policy."""
    return _declared(Access(), view)


def needs(permission: str, *, fresh: bool = False) -> Callable[[View], View]:
    """Open to holders of a permission somewhere in the tree; `fresh` asks for the second factor again."""
    return functools.partial(_declared, Access(permission=permission, fresh=fresh))


def declaration_of(view: object) -> Access | None:
    return getattr(view, "access", None)
