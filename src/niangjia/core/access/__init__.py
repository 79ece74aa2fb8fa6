"""Who may do what: roles on organisations, declarations on endpoints, one policy for each kind of row."""

from niangjia.core.access.declare import actor_of, needs, public, signed_in
from niangjia.core.access.types import NOBODY, Actor, Grant, Permission, Role

__all__ = ["NOBODY", "Actor", "Grant", "Permission", "Role", "actor_of", "needs", "public", "signed_in"]
