"""What a person may do, as an Actor."""

from datetime import datetime
from uuid import UUID

from niangjia.core.access.models import RoleGrant
from niangjia.core.access.roles import ROLES
from niangjia.core.access.types import Actor, Grant


def actor_of(*, person_id: UUID, is_staff: bool, second_factor_at: datetime | None, session_key: str = "") -> Actor:
    """The actor of a signed-in session. Costs one query for staff who gave their second factor, none for others."""
    grants = grants_of(person_id) if is_staff and second_factor_at else ()
    return Actor(person_id=person_id, grants=grants, second_factor_at=second_factor_at, session_key=session_key)


def grants_of(person_id: UUID) -> tuple[Grant, ...]:
    held = RoleGrant.objects.filter(person_id=person_id, ended_at=None).values_list("role", "org_id", "org__path")
    return tuple(
        Grant(role=role, org_id=org_id, path=path, permissions=ROLES[role].permissions)
        for role, org_id, path in held
        if role in ROLES
    )
