"""Who works at the desks."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Permission, base_roles, roles

VERIFY: Final = "facts.verify"
CONFIRM: Final = "facts.confirm_employment"

roles.declare(
    permissions=(
        Permission(VERIFY, _("Look at ID documents and confirm employments")),
        Permission(CONFIRM, _("Confirm who works here")),
    ),
    roles=(
        base_roles.may(base_roles.UNION_OFFICER, VERIFY),
        base_roles.may(base_roles.CITY_ADMIN, VERIFY),
        base_roles.may(base_roles.ENTERPRISE_HR, CONFIRM),
    ),
)
