"""What there is to be had: slots, and the counters of their places."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id


class Resource(models.Model):
    """What slots belong to: an activity, a festival, a room. `scene` names who is told what happens to bookings."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scene = models.CharField(max_length=40)


class Ways(models.TextChoices):
    FIRST_COME = "first_come", _("First come, first served")
    APPROVAL = "approval", _("By approval")
    LOTTERY = "lottery", _("By lottery")


class Slot(models.Model):
    """A time with places; see `types.SlotPlan`. `drawn_at` is when its lottery was drawn."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="slots")
    way = models.CharField(max_length=12, choices=Ways.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    head_start = models.DurationField()
    delay = models.DurationField()
    max_party = models.PositiveSmallIntegerField(default=1)
    keeps_waiting = models.BooleanField(default=True)
    offer_for = models.DurationField(null=True)
    cancel_until = models.DateTimeField(null=True)
    transfer_until = models.DateTimeField(null=True)
    rotating = models.BooleanField(default=False)
    overlaps_allowed = models.BooleanField(default=False)
    called_off_at = models.DateTimeField(null=True)
    drawn_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="allocation_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="allocation_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(max_party__gte=1), name="allocation_a_party_is_somebody"),
        ]
        indexes = [
            models.Index(
                fields=["closes_at"],
                name="allocation_to_draw",
                condition=Q(way="lottery", drawn_at=None, called_off_at=None),
            ),
            models.Index(
                fields=["ends_at"], name="allocation_to_count", condition=Q(counted_at=None, called_off_at=None)
            ),
        ]


class Pool(models.Model):
    """One scarce row: a counter of places for those who hold `key` ("" is everybody), or of an add-on.

    `era` goes up when the rules of the slot change: a claim that read the old rules finds no row to count on and starts
    over. A quota that flowed back keeps only what was taken; the rest belongs to the common pool.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="pools", db_index=False)
    is_addon = models.BooleanField(default=False)
    key = models.CharField(max_length=80, blank=True)
    capacity = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    era = models.PositiveIntegerField(default=0)
    flows_back_at = models.DateTimeField(null=True)
    flowed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slot", "is_addon", "key"], name="allocation_one_pool_a_key"),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="allocation_never_oversold"),
        ]
        indexes = [
            models.Index(
                fields=["flows_back_at"],
                name="allocation_to_flow",
                condition=Q(flowed_at=None, flows_back_at__isnull=False),
            )
        ]

    @property
    def free(self) -> int:
        return self.capacity - self.taken


class Draw(models.Model):
    """A lottery that anybody can recompute; see docs/lottery.

    `commitment` is the SHA-256 of a seed drawn when the slot was made, and public from then on. The seed stays sealed
    until the draw. `beacon` may be a number published by somebody else after the close; then not even one who reads the
    seed beforehand can foresee the order.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slot = models.OneToOneField(Slot, on_delete=models.CASCADE, related_name="lottery")
    commitment = models.CharField(max_length=64, editable=False)
    seed = EncryptedText()
    committed_at = models.DateTimeField()
    beacon_source = models.CharField(max_length=200, blank=True)
    beacon = models.CharField(max_length=200, blank=True)
    revealed = models.CharField(max_length=64, blank=True)
    published = models.JSONField(default=dict)
    drawn_at = models.DateTimeField(null=True)
    entrants = models.PositiveIntegerField(default=0)
    winners = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(drawn_at=None, revealed="") | (Q(drawn_at__isnull=False) & ~Q(revealed="")),
                name="allocation_revealed_when_drawn",
            )
        ]
