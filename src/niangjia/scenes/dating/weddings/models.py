"""A group wedding (集体婚礼), and the couples who wish to be there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id, receipt_number
from niangjia.scenes.dating.weddings.types import NAMES


class Wedding(models.Model):
    """`taken` counts confirmed couples; that it never exceeds `places` is a CHECK, and the count a guarded UPDATE."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=60)
    about = models.TextField(max_length=2000, blank=True)
    how = models.TextField(max_length=1000, blank=True)
    place = models.CharField(max_length=120)
    held_at = models.DateTimeField()
    apply_until = models.DateTimeField()
    places = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(
        max_length=10,
        choices=[("draft", _("draft")), ("published", _("published")), ("cancelled", _("cancelled"))],
        default="draft",
    )
    list_published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="wedding_never_oversold"),
            models.CheckConstraint(condition=Q(apply_until__lte=F("held_at")), name="wedding_applied_for_before"),
        ]


class Couple(models.Model):
    """Two who wish to marry there. One applies, the other confirms on their own phone; before, a sealed number.

    The certificate itself is never kept: only the day on it, who saw it, and when. `shows` are each one's own choice of
    how they stand on the list; None is no consent, and then the couple is not on it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    receipt = models.CharField(max_length=16, unique=True, default=receipt_number, editable=False)
    wedding = models.ForeignKey(Wedding, on_delete=models.CASCADE, related_name="couples", db_index=False)
    one = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("accounts.Person", null=True, on_delete=models.CASCADE, related_name="+")
    partner_phone = EncryptedText()
    partner_index = models.BinaryField(null=True, db_index=True)
    asked_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True)
    married_on = models.DateField(null=True)
    seen_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    seen_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    one_shows = models.CharField(max_length=6, blank=True, choices=list(NAMES.items()))
    other_shows = models.CharField(max_length=6, blank=True, choices=list(NAMES.items()))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wedding", "one"], name="wedding_applies_once"),
            models.UniqueConstraint(fields=["wedding", "other"], name="wedding_joins_once"),
            models.CheckConstraint(condition=Q(other=None) | ~Q(one=F("other")), name="wedding_takes_two"),
            models.CheckConstraint(
                condition=Q(other=None, partner_index__isnull=False)
                | Q(other__isnull=False, partner_index=None, partner_phone=b""),
                name="wedding_number_goes_once_joined",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | (Q(other__isnull=False) & Q(seen_at__isnull=False)),
                name="wedding_confirmed_when_seen",
            ),
        ]
