"""The roles and permissions of this installation, declared by rooms and scenes at start."""

from niangjia.core.access.types import Permission, Role

PERMISSIONS: dict[str, Permission] = {}
ROLES: dict[str, Role] = {}


def declare(*, permissions: tuple[Permission, ...] = (), roles: tuple[Role, ...] = ()) -> None:
    """Called from AppConfig.ready. A role may be declared in parts: each scene adds its own permissions to it."""
    for permission in permissions:
        PERMISSIONS[permission.code] = permission
    for role in roles:
        known = ROLES.get(role.code)
        ROLES[role.code] = Role(
            code=role.code,
            title=role.title,
            permissions=role.permissions | (known.permissions if known else frozenset()),
        )


def undeclared() -> set[str]:
    """Permissions that some role names but nobody declared: a typo that must stop the start."""
    return {code for role in ROLES.values() for code in role.permissions} - PERMISSIONS.keys()
