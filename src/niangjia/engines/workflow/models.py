"""Cases and their steps. What must never happen is refused by the database itself."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id, receipt_number


class Case(models.Model):
    """Something to be answered by `due_at`.

    `org` is where it comes from and never changes; `desk` is the union whose turn it is, at first the nearest one that
    has an officer for it, later one further up when time ran out. `owner` is the officer who took it. `not_by` is who
    must not decide it: who decided the case that this one appeals, or who made the step before and handed it on.
    `used_at` is when the leave that it gave was used, once. Who opened a case is never shown to the one it is about.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    receipt = models.CharField(max_length=16, unique=True, default=receipt_number, editable=False)
    kind = models.CharField(max_length=40)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    opened_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=30)
    owner = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    climbed = models.PositiveSmallIntegerField(default=0)
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=30, blank=True)
    used_at = models.DateTimeField(null=True)
    appeal_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="appeals")
    not_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    summary = EncryptedText()
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["desk", "due_at"], name="case_waiting", condition=Q(closed_at=None)),
            models.Index(fields=["due_at"], name="case_due", condition=Q(closed_at=None)),
            models.Index(fields=["opened_by", "-opened_at"], name="case_opened_by"),
            models.Index(fields=["about", "-opened_at"], name="case_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(not_by=None) | Q(decided_by=None) | ~Q(decided_by=F("not_by")),
                name="appeal_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(not_by=None) | Q(owner=None) | ~Q(owner=F("not_by")), name="appeal_owned_by_another"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | ((Q(about=None) | ~Q(about=F("decided_by"))) & (Q(opened_by=None) | ~Q(opened_by=F("decided_by")))),
                name="nobody_decides_their_own_case",
            ),
            models.UniqueConstraint(
                fields=["appeal_of", "opened_by"], name="one_appeal_each", condition=~Q(appeal_of=None)
            ),
        ]

    def __str__(self) -> str:
        return self.receipt


class Step(models.Model):
    """One thing that happened to a case; the database lets it neither change nor go. `by` is empty for the clock."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    transition = models.CharField(max_length=40)
    source = models.CharField(max_length=30, blank=True)
    target = models.CharField(max_length=30)
    reason = EncryptedText()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="step_in_its_place")]
