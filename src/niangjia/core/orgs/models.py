"""The five-level tree of unions, the employers that hang on it, and what happened to both."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from treebeard.mp_tree import MP_Node

from niangjia.core.orgs.search import NameWords
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
        constraints = [
            models.CheckConstraint(
                condition=models.Q(form="") | models.Q(level="enterprise"), name="only_grassroots_have_a_form"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Employer(models.Model):
    """A firm or institution. `org` is the union responsible for its workers, `district` a GB/T 2260 code."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    uscc = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120, db_index=True)
    words = NameWords()
    industry = models.CharField(max_length=40, blank=True)
    district = models.CharField(max_length=12, db_index=True)
    org = models.ForeignKey(Org, on_delete=models.PROTECT, related_name="employers")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("employer")
        verbose_name_plural = _("employers")
        indexes = [GinIndex(fields=["words"], name="employer_words")]
        constraints = [
            models.CheckConstraint(condition=models.Q(uscc__regex=r"^[0-9A-Z]{18}$"), name="uscc_has_18_characters"),
        ]

    def __str__(self) -> str:
        return self.name


class What(models.TextChoices):
    CREATED = "created", _("Founded")
    RENAMED = "renamed", _("Renamed")
    MOVED = "moved", _("Moved")
    MERGED = "merged", _("Merged")
    ENDED = "ended", pgettext_lazy("what happened to an organisation", "Ended")


class OrgHistory(models.Model):
    """What happened to an organisation or, when `employer` is set, to a firm of it. The database refuses changes to it.

    `before` and `after` are names, as they read that day; `other` is the organisation it came from or went into.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.ForeignKey(Org, on_delete=models.PROTECT, related_name="history")
    employer = models.ForeignKey(Employer, null=True, on_delete=models.PROTECT, related_name="history")
    what = models.CharField(max_length=10, choices=What.choices)
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)
    other = models.ForeignKey(Org, null=True, on_delete=models.PROTECT, related_name="+")
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("history of an organisation")
        verbose_name_plural = _("history of organisations")
        indexes = [models.Index(fields=["org", "-at"], name="org_history")]
