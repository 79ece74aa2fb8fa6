"""What unions offer: activities, their programme, and the series and festivals they belong to.

Places, bookings, waiting lists and check-in are the engine's (`allocation`); here stands what people read.
"""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.ids import new_id


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Cancelled")


class Way(models.TextChoices):
    FIRST_COME = "first_come", _("First come, first served")
    APPROVAL = "approval", _("The organiser approves")
    LOTTERY = "lottery", _("A lottery that anyone can recompute")


class Series(models.Model):
    """Activities that belong together: a festival with its days, or the same thing year after year."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60)
    about = models.TextField(max_length=4000, blank=True)
    is_festival = models.BooleanField(default=False)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("series of activities")
        verbose_name_plural = _("series of activities")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(starts_on__lte=F("ends_on")),
                name="series_begins_before_it_ends",
            ),
        ]


class Activity(models.Model):
    """One activity. `slot` (engine `allocation`) holds its places from the day it is published.

    `lat` and `lon` are GCJ-02, as every map in China draws them; never converted here. `audience`, `form` and `survey`
    are the typed declarations of `audience` and `forms`, `addons` of the module of that name. `passes_on`: a place may
    be handed on to somebody else who may come. `discreet` ones (for singles, say) show nobody's firm to anybody, and no
    firm organises one. Times are copied to the slot by the services, which alone write both.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="activities")
    slot = models.OneToOneField("allocation.Slot", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)

    title = models.CharField(max_length=60)
    about = models.TextField(max_length=4000, blank=True)
    topics = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    discreet = models.BooleanField(default=False)
    place = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=120, blank=True)
    district = models.CharField(max_length=6, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    stream = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    way = models.CharField(max_length=12, choices=Way.choices, default=Way.FIRST_COME)
    capacity = models.PositiveIntegerField()
    quotas = models.JSONField(default=list)
    priority = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    cancel_until = models.DateTimeField()
    keeps_waiting = models.BooleanField(default=True)
    max_party = models.PositiveSmallIntegerField(default=1)
    passes_on = models.BooleanField(default=True)
    addons = models.JSONField(default=list, blank=True)
    rotating = models.BooleanField(default=False)

    audience = models.JSONField(default=dict)
    audience_note = models.CharField(max_length=200, blank=True)
    form = models.JSONField(default=dict)
    survey = models.JSONField(default=dict)
    certificate = models.CharField(max_length=60, blank=True)
    cost_fen = models.PositiveBigIntegerField(default=0)

    copied_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="activity_begins_before_it_ends"),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")) & Q(closes_at__lte=F("ends_at")),
                name="registration_ends_with_the_activity",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", slot=None) | (~Q(state="draft") & Q(slot__isnull=False)),
                name="what_is_published_has_places",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""), name="a_cancellation_has_its_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="activities_ahead", condition=Q(state="published")),
            models.Index(fields=["org", "-starts_at"], name="activities_of"),
        ]

    @property
    def places(self) -> UUID:
        """The slot of what is published."""
        assert self.slot_id is not None  # a constraint says so
        return self.slot_id


class Session(models.Model):
    """A part of the programme. One with a `capacity` is booked by itself and has a slot of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)
    speaker = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=60, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveIntegerField(null=True)
    slot = models.OneToOneField("allocation.Slot", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="one_session_a_number"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="session_begins_before_it_ends"),
        ]

    @property
    def places(self) -> UUID:
        """The slot of a part that is booked by itself."""
        assert self.slot_id is not None  # asked of such parts only
        return self.slot_id


class ActivityPhoto(models.Model):
    """A picture of an activity; the picture itself is the core's (`files`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="photos")
    photo = models.ForeignKey("files.Photo", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="one_activity_photo_a_number")]
