"""The five-level tree of unions, and the employers that hang on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from niangjia.kernel.ids import new_id


class Level(models.TextChoices):
    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County or district")
    TOWN = "town", _("Town or street")
    ENTERPRISE = "enterprise", _("Enterprise")


class Form(models.TextChoices):
    """How a grassroots union is founded: of one firm, of many firms, of a trade. Empty above that level."""

    NONE = "", _("Office")
    SINGLE = "single", _("Union of one firm")
    JOINT = "joint", _("Joint union of many firms")
    INDUSTRY = "industry", _("Industry union")


class Org(MP_Node):  # type: ignore[misc]  # treebeard ships no types
    """A node of the tree. `path` (treebeard) is its place: a subtree is one prefix scan. `region` is GB/T 2260."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=12, choices=Level.choices)
    form = models.CharField(max_length=12, choices=Form.choices, blank=True, default=Form.NONE)
    region = models.CharField(max_length=12, blank=True, db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    steplen = 4
    node_order_by: list[str] = []

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class Employer(models.Model):
    """A firm or institution. `org` is the union responsible for its workers, `district` a GB/T 2260 code."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    uscc = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120, db_index=True)
    industry = models.CharField(max_length=40, blank=True)
    district = models.CharField(max_length=12, db_index=True)
    org = models.ForeignKey(Org, on_delete=models.PROTECT, related_name="employers")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("employer")
        verbose_name_plural = _("employers")
        constraints = [
            models.CheckConstraint(condition=models.Q(uscc__regex=r"^[0-9A-Z]{18}$"), name="uscc_has_18_characters"),
        ]

    def __str__(self) -> str:
        return self.name
