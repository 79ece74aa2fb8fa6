"""The roles every installation has. Each room adds its own permissions to them: `base_roles.may(UNION_OFFICER, "…")`.

The three administrators are separate on purpose (等保 level 3): one runs the system,
one hands out roles, one reads the log.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from niangjia.core.access.types import Role


def _role(code: str, title: object) -> Role:
    return Role(code=code, title=title, permissions=frozenset())


ENTERPRISE_HR = _role("enterprise_hr", _("Enterprise personnel desk"))
UNION_OFFICER = _role("union_officer", _("Union officer"))
MATCHMAKER = _role("matchmaker", _("Matchmaker"))
CITY_ADMIN = _role("city_admin", _("City administrator"))
SYSTEM_ADMIN = _role("system_admin", _("System administrator"))
SECURITY_ADMIN = _role("security_admin", _("Security administrator"))
AUDIT_ADMIN = _role("audit_admin", _("Audit administrator"))

ALL = (ENTERPRISE_HR, UNION_OFFICER, MATCHMAKER, CITY_ADMIN, SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN)


def may(role: Role, *permissions: str) -> Role:
    """The part of `role` that a room declares."""
    return replace(role, permissions=frozenset(permissions))
