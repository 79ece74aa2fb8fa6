"""A date somebody is told of, in case; a break that ends by itself. Places are districts and words, never points."""

from django.db import models
from django.db.models import F, Q

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id


class Plan(models.Model):
    """Where I meet somebody, and whom to tell when I do not say by then that all is well.

    The contact hears of it only in that case ("told"). Deleted a day after `until`, however it ended.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    profile = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey("dating.Profile", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, choices=[(s, s) for s in ("open", "safe", "told")], default="open")
    district = models.CharField(max_length=6, blank=True)
    place = EncryptedText()
    contact_name = EncryptedText()
    contact_phone = EncryptedText()
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    alarm_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    sos = models.BooleanField(default=False)
    delete_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile"], name="dating_safety_one_plan_at_a_time", condition=~Q(state="safe")
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("starts_at"), alarm_at__gte=F("until")), name="dating_safety_in_order"
            ),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(state__in=("told", "safe")), name="dating_safety_told_once"
            ),
        ]
        indexes = [models.Index(fields=["alarm_at"], name="dating_safety_overdue", condition=Q(state="open"))]


class Rest(models.Model):
    """A break that ends by itself. The row goes when its owner comes back before (a trigger of the database)."""

    profile = models.OneToOneField("dating.Profile", primary_key=True, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(db_index=True)
    before = models.CharField(max_length=10)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(before="paused"), name="dating_safety_rest_from_something")]
