"""Places to meet, when they are open, who comes together; and what firms present."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.ids import new_id


class VenueKind(models.TextChoices):
    HALL = "hall", _("Love experience hall")
    CENTRE = "centre", _("Centre for singles")


class VenueState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    CLOSED = "closed", _("closed")


class Venue(models.Model):
    """A place of the union that members may book for one or for two."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    resource = models.OneToOneField("allocation.Resource", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=VenueKind.choices)
    name = models.CharField(max_length=40)
    address = models.CharField(max_length=120)
    district = models.CharField(max_length=6)
    about = models.TextField(max_length=1000, blank=True)
    rules = models.TextField(max_length=1000, blank=True)
    phone = models.CharField(max_length=20, blank=True)  # of the desk, which is no person's
    state = models.CharField(max_length=10, choices=VenueState.choices, default=VenueState.DRAFT)


class Picture(models.Model):
    """A picture of a venue or of a show."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    venue = models.ForeignKey(Venue, null=True, on_delete=models.CASCADE, related_name="pictures")
    show = models.ForeignKey("Show", null=True, on_delete=models.CASCADE, related_name="pictures")
    photo = models.ForeignKey("files.Photo", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(venue__isnull=True, show__isnull=False) | Q(venue__isnull=False, show__isnull=True),
                name="dating_picture_of_one_thing",
            ),
            models.UniqueConstraint(fields=["venue", "place"], name="dating_venue_pictures_in_order"),
            models.UniqueConstraint(fields=["show", "place"], name="dating_show_pictures_in_order"),
        ]


class Opening(models.Model):
    """A time at which a venue can be booked. Places, bookings and tickets are the allocation engine's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="openings", db_index=False)
    slot = models.OneToOneField("allocation.Slot", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["venue", "starts_at"], name="dating_one_opening_at_a_time")]


class Together(models.Model):
    """Two of a pair come together: `host` booked, `guest` is asked and gets a ticket of their own by saying yes.

    `kept_for` is the place that waits for the guest. A no leaves no trace that the host could read.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="+", db_index=False)
    host = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+")
    guest = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+")
    kept_for = models.ForeignKey("allocation.Booking", null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opening", "host"], name="dating_asks_one_along"),
            models.CheckConstraint(condition=~Q(host=F("guest")), name="dating_not_along_with_oneself"),
            models.CheckConstraint(condition=Q(accepted_at=None) | Q(declined_at=None), name="dating_along_or_not"),
        ]


class ShowState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SENT = "sent", _("with the union")
    PUBLISHED = "published", _("published")
    RETURNED = "returned", _("returned")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Show(models.Model):
    """A firm presents its event for singles. The union looks at it before anybody else does: never the writer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    employer = models.ForeignKey("orgs.Employer", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=60)
    text = models.TextField(max_length=2000)
    place = models.CharField(max_length=120)
    day = models.DateTimeField()
    link = models.CharField(max_length=200, blank=True)
    nobody_named = models.BooleanField(default=False)  # the firm says: nobody is named or seen who did not agree
    state = models.CharField(max_length=10, choices=ShowState.choices, default=ShowState.DRAFT)
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(made_by=None) | ~Q(decided_by=F("made_by")),
                name="dating_show_is_looked_at_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "returned", "withdrawn"]) | Q(nobody_named=True),
                name="dating_show_names_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(decided_at__isnull=False), name="dating_shown_after_a_look"
            ),
        ]
        indexes = [models.Index(fields=["state", "day"], name="dating_shows_by_day")]
