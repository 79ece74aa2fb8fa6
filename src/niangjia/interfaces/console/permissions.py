"""What the back office itself lets people do; rooms and scenes declare the rest."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Permission, roles
from niangjia.core.access.base_roles import (
    ALL,
    AUDIT_ADMIN,
    CITY_ADMIN,
    SECURITY_ADMIN,
    SYSTEM_ADMIN,
    UNION_OFFICER,
    may,
)
from niangjia.core.messages.announcements import PUBLISH

WORK = "console.work"  # whoever has a role; what stands on the pages is up to policies
SEE_PEOPLE = "people.see"
ASK_REVEAL = "people.ask_reveal"
APPROVE_REVEAL = "people.approve_reveal"
SEE_ROLES = "roles.see"
ASK_ROLES = "roles.ask"
ASK_ADMIN_ROLES = "roles.ask_admin"
APPROVE_ROLES = "roles.approve"
SEE_LOG = "log.see"
SEE_COCKPIT = "cockpit.see"
MANAGE_TREE = "orgs.manage"  # declared with the tree
APPROVE_MERGE = "orgs.approve_merge"

ADMINS = frozenset({SYSTEM_ADMIN.code, SECURITY_ADMIN.code, AUDIT_ADMIN.code})


def declare() -> None:
    roles.declare(
        permissions=(
            Permission(WORK, _("Work in the back office")),
            Permission(SEE_PEOPLE, _("See people of one's organisations, masked")),
            Permission(ASK_REVEAL, _("Ask to see an ID number or phone number")),
            Permission(APPROVE_REVEAL, _("Allow somebody to see an ID number or phone number")),
            Permission(SEE_ROLES, _("See who holds which role")),
            Permission(ASK_ROLES, _("Propose and end roles")),
            Permission(ASK_ADMIN_ROLES, _("Propose administrators")),
            Permission(APPROVE_ROLES, _("Approve roles that somebody else proposed")),
            Permission(PUBLISH, _("Publish announcements")),
            Permission(SEE_LOG, _("Read the log")),
            Permission(SEE_COCKPIT, _("See the cockpit")),
            Permission(APPROVE_MERGE, _("Agree to a merge of organisations")),
        ),
        roles=(
            *(may(role, WORK) for role in ALL),
            may(UNION_OFFICER, SEE_PEOPLE, ASK_REVEAL, PUBLISH, SEE_COCKPIT),
            may(
                CITY_ADMIN,
                SEE_PEOPLE,
                ASK_REVEAL,
                APPROVE_REVEAL,
                SEE_ROLES,
                ASK_ROLES,
                APPROVE_ROLES,
                APPROVE_MERGE,
                PUBLISH,
                SEE_COCKPIT,
            ),
            may(SECURITY_ADMIN, SEE_ROLES, ASK_ROLES, ASK_ADMIN_ROLES, APPROVE_ROLES),
            may(AUDIT_ADMIN, SEE_LOG),
        ),
    )
