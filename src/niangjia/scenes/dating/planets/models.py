"""Interest planets: communities, what is said there, what is looked at before or after, and meet-ups."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id, receipt_number


class Planet(models.Model):
    """A community around a hobby, or one that a union opens. `closed_at`: nothing new is written there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    hobby = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=20)
    about = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "title"], name="dating_planets_one_title")]


class Topic(models.Model):
    """What is talked about for a while, set by staff."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    planet = models.ForeignKey(Planet, on_delete=models.CASCADE, related_name="topics", db_index=False)
    title = models.CharField(max_length=30)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["planet", "title"], name="dating_planets_one_topic")]


class Joining(models.Model):
    """Somebody lives on a planet. Who, is shown to nobody; how many, in steps."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    planet = models.ForeignKey(Planet, on_delete=models.CASCADE, related_name="+", db_index=False)
    profile = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["planet", "profile"], name="dating_planets_joins_once")]


class States(models.TextChoices):
    SHOWN = "shown", _("shown")
    HELD = "held", _("waits to be looked at")
    DOWN = "down", _("taken down")


class Post(models.Model):
    """Something said: a post, or with `parent` a reply to one. Only "shown" ones are read by others.

    `key` is drawn by the phone: sent twice, it counts once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    planet = models.ForeignKey(Planet, on_delete=models.CASCADE, related_name="posts", db_index=False)
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replies", db_index=False)
    author = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+", db_index=False)
    text = EncryptedText()
    state = models.CharField(max_length=5, choices=States.choices)
    at = models.DateTimeField()
    key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="dating_planets_said_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="dating_planets_no_reply_to_itself"),
        ]
        indexes = [
            models.Index(fields=["planet", "-at", "-id"], name="dating_planets_posts", condition=Q(parent=None)),
            models.Index(fields=["parent", "at", "id"], name="dating_planets_replies"),
        ]


class PostPhoto(models.Model):
    """A picture in a post; the picture itself is the core's (`files`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="photos", db_index=False)
    photo = models.ForeignKey("files.Photo", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "place"], name="dating_planets_one_photo_a_place")]


class MeToo(models.Model):
    """A quiet "me too". Only the author of the post ever reads how many."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="marks", db_index=False)
    profile = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "profile"], name="dating_planets_marks_once")]


class Review(models.Model):
    """Somebody of the union looks at a post: words held it back, or a member reported it.

    What it said is copied, so that the case can be decided after the author took it away. `receipt` is the author's;
    the reporter has the case's. Who holds one of them finds nothing with it of the other.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    receipt = models.CharField(max_length=16, unique=True, default=receipt_number, editable=False)
    case = models.OneToOneField("workflow.Case", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    reporter = models.ForeignKey("dating.Profile", null=True, on_delete=models.SET_NULL, related_name="+")
    why = models.CharField(max_length=20)
    words = EncryptedText()
    said = EncryptedText()
    open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post"], name="dating_planets_one_review", condition=Q(open=True))
        ]


class Meetup(models.Model):
    """A member's idea to meet. Staff agree to it; then it has a slot of the allocation engine, and people come in.

    `proposer` is named as the host only when they wish it (`named`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    planet = models.ForeignKey(Planet, on_delete=models.CASCADE, related_name="meetups")
    proposer = models.ForeignKey("dating.Profile", null=True, on_delete=models.SET_NULL, related_name="+")
    named = models.BooleanField(default=False)
    title = models.CharField(max_length=40)
    about = EncryptedText()
    district = models.CharField(max_length=6, blank=True)
    place = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    places = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=9, choices=[(s, s) for s in ("proposed", "agreed", "refused", "cancelled")], default="proposed"
    )
    case = models.OneToOneField("workflow.Case", null=True, on_delete=models.PROTECT, related_name="+")
    slot = models.OneToOneField("allocation.Slot", null=True, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposer", "key"], name="dating_planets_proposed_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="dating_planets_meetup_in_order"),
            models.CheckConstraint(condition=Q(places__range=(2, 200)), name="dating_planets_meetup_has_places"),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(slot__isnull=False), name="dating_planets_agreed_has_places"
            ),
        ]
        indexes = [models.Index(fields=["state", "starts_at"], name="dating_planets_meetups")]
