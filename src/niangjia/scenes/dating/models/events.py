"""Evenings and rounds of dating: who takes part, and what they said in secret."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.models.profiles import Profile


class Kind(models.TextChoices):
    SELECTION = "selection", _("Mutual selection")
    EVENING = "evening", _("Speed-dating evening")
    ONLINE = "online", _("Online, one to one")


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    CANCELLED = "cancelled", _("cancelled")


class Event(models.Model):
    """From `opens_at` to `closes_at` people choose; at the close only what is mutual comes out.

    `key` seals what entrants choose; it is drawn when the event is published and destroyed at the close. `proof` is
    what anybody may read afterwards (docs/selection). A mutual selection has `picks`, the others have rounds at tables.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=60)
    about = models.TextField(max_length=2000, blank=True)
    place = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    gig_only = models.BooleanField(default=False)
    age_from = models.PositiveSmallIntegerField(null=True)
    age_to = models.PositiveSmallIntegerField(null=True)
    places = models.PositiveSmallIntegerField()
    picks = models.PositiveSmallIntegerField(default=0)
    rounds = models.PositiveSmallIntegerField(default=0)
    tables = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(default=0)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    slot = models.OneToOneField("allocation.Slot", null=True, on_delete=models.PROTECT, related_name="+")
    key = EncryptedText()
    round = models.PositiveSmallIntegerField(default=0)
    round_began_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(null=True)
    word = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True)
    entrants = models.PositiveIntegerField(default=0)
    picked = models.PositiveIntegerField(default=0)
    pairs = models.PositiveIntegerField(default=0)
    proof = models.JSONField(default=dict)
    second = models.JSONField(default=dict)
    second_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="dating_event_closes_after_opening"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(key=b""), name="dating_event_key_is_destroyed_at_the_close"
            ),
        ]
        indexes = [models.Index(fields=["state", "closes_at"], name="dating_event_by_close")]


class Entrant(models.Model):
    """Somebody in an event. The place itself is the allocation engine's booking.

    `sealed` holds what they chose, always of the same length, under the key of the event. `hand` is the order in which
    others are shown to them. `number` stands on the card on the table.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="people", db_index=False)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    booking = models.ForeignKey("allocation.Booking", null=True, on_delete=models.SET_NULL, related_name="+")
    side = models.CharField(max_length=1, choices=[("f", "f"), ("m", "m")])
    number = models.PositiveSmallIntegerField()
    here = models.CharField(max_length=8, choices=[(w, w) for w in ("expected", "here", "away")], default="expected")
    left_at = models.DateTimeField(null=True)
    hand = ArrayField(models.UUIDField(), default=list)
    sealed = models.BinaryField(default=b"")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "profile"], name="dating_enters_once"),
            models.UniqueConstraint(fields=["event", "side", "number"], name="dating_own_number"),
        ]


class Talk(models.Model):
    """Two at one table (or in one room online) for some minutes. `ended_at`: one of them left it before the time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="talks", db_index=False)
    round = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField()
    woman = models.ForeignKey(Entrant, on_delete=models.CASCADE, related_name="+")
    man = models.ForeignKey(Entrant, on_delete=models.CASCADE, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "round", "table"], name="dating_one_talk_a_table"),
            models.UniqueConstraint(fields=["event", "round", "woman"], name="dating_she_talks_to_one"),
            models.UniqueConstraint(fields=["event", "round", "man"], name="dating_he_talks_to_one"),
            models.UniqueConstraint(fields=["event", "woman", "man"], name="dating_two_talk_once"),
        ]


class Proposal(models.Model):
    """Two who found nobody are asked, each in private, whether they would like to meet. Gone when it is over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="proposals", db_index=False)
    woman = models.ForeignKey(Entrant, on_delete=models.CASCADE, related_name="+")
    man = models.ForeignKey(Entrant, on_delete=models.CASCADE, related_name="+")
    woman_says = EncryptedText()
    man_says = EncryptedText()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "woman"], name="dating_one_proposal_to_her"),
            models.UniqueConstraint(fields=["event", "man"], name="dating_one_proposal_to_him"),
        ]


class Signal(models.Model):
    """How two browsers find each other for a call. Read by the other of the two, and gone after some minutes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="signals", db_index=False)
    sender = models.CharField(max_length=1)
    body = EncryptedText()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["talk", "at"], name="dating_signals_of_a_talk")]
