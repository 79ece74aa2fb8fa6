"""Who acts, and what roles let them do."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

FRESH = timedelta(minutes=10)  # how long a second factor counts as fresh for the gravest actions


@dataclass(frozen=True)
class Permission:
    """One thing a role may allow; `title` is translatable."""

    code: str
    title: object


@dataclass(frozen=True)
class Role:
    """A set of permissions. Granted on one organisation, it reaches that organisation's whole subtree."""

    code: str
    title: object
    permissions: frozenset[str]


@dataclass(frozen=True)
class Grant:
    """A role held on the organisation at tree path `path`."""

    role: str
    org_id: UUID
    path: str
    permissions: frozenset[str]


@dataclass(frozen=True)
class Actor:
    """The one who makes a request. Grants are empty until the second factor was given: no way around it (check A6)."""

    person_id: UUID | None = None
    grants: tuple[Grant, ...] = ()
    second_factor_at: datetime | None = None
    session_key: str = field(default="", repr=False)

    @property
    def signed_in(self) -> bool:
        return self.person_id is not None

    def holds(self, permission: str) -> bool:
        return any(permission in grant.permissions for grant in self.grants)

    def paths(self, permission: str) -> tuple[str, ...]:
        """Roots of the subtrees in which the actor holds `permission`."""
        return tuple(grant.path for grant in self.grants if permission in grant.permissions)

    def is_fresh(self, now: datetime) -> bool:
        return self.second_factor_at is not None and now - self.second_factor_at <= FRESH


NOBODY = Actor()
