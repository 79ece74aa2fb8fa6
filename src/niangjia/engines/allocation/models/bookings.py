"""Who wants a place, who has one, and what became of it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import EncryptedText
from niangjia.engines.allocation.models.slots import Pool, Slot
from niangjia.engines.allocation.types import LIVE, TAKING
from niangjia.kernel.ids import new_id

# Settled, and the owner does not know yet: places taken in the rush, and what a draw decided.
OUTBOX = Q(state__in=("booked", "offered", "waiting", "unlucky"), settled_at__isnull=False, told_at=None)


class TimeRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class States(models.TextChoices):
    ASKED = "asked", _("waits for approval")
    ENTERED = "entered", _("in the lottery")
    WAITING = "waiting", _("on the waiting list")
    HELD = "held", _("held for a moment")
    OFFERED = "offered", _("offered a place")
    BOOKED = "booked", _("has a place")
    CANCELLED = "cancelled", _("gave it back")
    REFUSED = "refused", _("not approved")
    LAPSED = "lapsed", _("not taken up in time")
    PASSED_ON = "passed_on", _("passed on to somebody else")
    UNLUCKY = "unlucky", _("not drawn")
    CALLED_OFF = "called_off", _("called off")


class Booking(models.Model):
    """One person's claim on one slot, in whatever state.

    Those who come together share `party`, which is the id of the booking of the one who registered; that one alone
    carries the request key and the lottery ticket. `person` is empty for a guest without an account. `during` is the
    time it takes up (empty when it may overlap). `pool` is where the place was counted. `told_at` is when the owner was
    told: rows without it are the outbox.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings", db_index=False)
    pool = models.ForeignKey(Pool, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    booked_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    party = models.UUIDField()
    state = models.CharField(max_length=10, choices=States.choices)
    tier = models.PositiveSmallIntegerField()
    keys = ArrayField(models.CharField(max_length=80))
    rank = models.PositiveIntegerField(default=0, db_default=0)
    asked_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    during = DateTimeRangeField(null=True)
    settled_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    absent_at = models.DateTimeField(null=True)
    excused_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    reason = EncryptedText(db_default=b"")
    request_key = models.UUIDField(null=True)
    request_mark = models.BinaryField(null=True)
    ticket = models.CharField(max_length=32, null=True)  # noqa: DJ001  # unique: no ticket is not an empty ticket

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "person"], condition=Q(state__in=LIVE), name="allocation_one_place_a_person"
            ),
            ExclusionConstraint(
                name="allocation_not_in_two_places",
                expressions=[("person", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(state__in=TAKING),
            ),
            models.CheckConstraint(
                condition=Q(state__in=TAKING, pool__isnull=False) | (~Q(state__in=TAKING) & Q(pool=None)),
                name="allocation_a_place_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("held", "offered"), until__isnull=False)
                | (~Q(state__in=("held", "offered")) & Q(until=None)),
                name="allocation_what_is_kept_ends",
            ),
            models.UniqueConstraint(fields=["booked_by", "request_key"], name="allocation_a_request_counts_once"),
            models.UniqueConstraint(
                fields=["slot", "ticket"], condition=Q(ticket__isnull=False), name="allocation_own_ticket"
            ),
        ]
        indexes = [
            models.Index(
                fields=["slot", "tier", "rank", "asked_at"], name="allocation_line", condition=Q(state="waiting")
            ),
            models.Index(fields=["slot", "state"], name="allocation_of_slot"),
            models.Index(fields=["person", "-asked_at"], name="allocation_of_person"),
            models.Index(fields=["party"], name="allocation_of_party"),
            models.Index(fields=["until"], name="allocation_to_lapse", condition=Q(until__isnull=False)),
            models.Index(fields=["slot"], name="allocation_outbox", condition=OUTBOX),
        ]


class Extra(models.Model):
    """An add-on of one booking."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="extras")
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(
        max_length=10, choices=[("taken", _("taken")), ("waiting", _("waiting")), ("given_back", _("given back"))]
    )
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "pool"], condition=~Q(state="given_back"), name="allocation_an_extra_once"
            )
        ]
        indexes = [
            models.Index(fields=["pool", "asked_at"], name="allocation_extra_line", condition=Q(state="waiting"))
        ]


class Consequence(models.Model):
    """Somebody did not come, again and again: for a while others go first. Never a ban; it can be lifted on appeal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+", db_index=False)
    scene = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField()
    causes = ArrayField(models.UUIDField())
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = EncryptedText()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="allocation_one_consequence_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("scene", RangeOperators.EQUAL),
                    (TimeRange("since", "until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(lifted_at=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "scene", "until"], name="allocation_consequences", condition=Q(lifted_at=None)
            )
        ]
