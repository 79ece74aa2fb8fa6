"""Roles that people hold on organisations."""

from django.db import models

from niangjia.kernel.ids import new_id


class RoleGrant(models.Model):
    """`person` holds `role` on `org` and everything below it, from `granted_at` to `ended_at`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="role_grants")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=40)
    granted_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "org", "role"], condition=models.Q(ended_at=None), name="one_grant_of_a_role"
            ),
            models.CheckConstraint(
                condition=models.Q(granted_by=None) | ~models.Q(granted_by=models.F("person")), name="not_by_oneself"
            ),
        ]
