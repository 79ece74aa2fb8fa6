"""Who came: lists at the doors, and every scan that was made there."""

from django.db import models
from django.db.models import Q

from niangjia.engines.allocation.models.bookings import Booking
from niangjia.engines.allocation.models.slots import Pool, Slot
from niangjia.kernel.ids import new_id


class CheckInList(models.Model):
    """One door of a slot: the entrance, the bus, the lunch. With `addon` only those who have it may pass."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="lists")
    title = models.CharField(max_length=60)
    addon = models.ForeignKey(Pool, null=True, on_delete=models.CASCADE, related_name="+")
    is_entrance = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slot"], condition=Q(is_entrance=True), name="allocation_one_entrance")
        ]


class Scan(models.Model):
    """One scan. The phone at the door made `id` and `at`, perhaps long before it had a network again.

    The earliest scan of a booking counts; the others are kept, as what they are.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    list = models.ForeignKey(CheckInList, on_delete=models.CASCADE, related_name="scans", db_index=False)
    booking = models.ForeignKey(Booking, null=True, on_delete=models.CASCADE, related_name="scans")
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    outcome = models.CharField(max_length=12)
    counted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["list", "booking"], condition=Q(counted=True), name="allocation_arrives_once"
            ),
            models.CheckConstraint(
                condition=Q(counted=True, outcome="welcome") | (Q(counted=False) & ~Q(outcome="welcome")),
                name="allocation_the_welcomed_count",
            ),
        ]
        indexes = [models.Index(fields=["list", "-at"], name="allocation_scans")]
