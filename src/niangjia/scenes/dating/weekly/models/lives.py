"""The live programme: one talk a day, for two who were invited and agreed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id


class LiveState(models.TextChoices):
    INVITED = "invited", _("invited")
    AGREED = "agreed", _("both agreed")
    OVER = "over", _("over")
    OFF = "off", _("did not come about")


class Outcome(models.TextChoices):
    OPEN = "", _("not known yet")
    PAIR = "pair", _("a pair")
    NONE = "none", _("no pair")
    AGAIN = "again", _("asked again")


class Live(models.Model):
    """A talk of two on one day. An organisation has one talk a day: the database holds the day's place.

    Until `answer_by` each answers in private. `stream_url` is where others watch, if both agreed to be seen.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    day = models.DateField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    answer_by = models.DateTimeField()
    stream_url = models.URLField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=LiveState.choices, default=LiveState.INVITED)
    outcome = models.CharField(max_length=5, choices=Outcome.choices, blank=True, default=Outcome.OPEN)
    settled_at = models.DateTimeField(null=True)
    again_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["org", "day"], condition=~Q(state="off"), name="dating_one_live_a_day"),
            models.CheckConstraint(condition=Q(answer_by__lte=F("starts_at")), name="dating_live_answers_come_before"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(settled_at__isnull=False), name="dating_live_outcome_has_a_day"
            ),
        ]
        indexes = [models.Index(fields=["state", "starts_at"], name="dating_lives_by_start")]


class Guest(models.Model):
    """One of the two. What they answer is sealed; `seen`: others may watch. `busy_on` is the day, while it is on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    live = models.ForeignKey(Live, on_delete=models.CASCADE, related_name="guests", db_index=False)
    profile = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=1, choices=[("f", "f"), ("m", "m")])
    says = EncryptedText()
    seen = models.BooleanField(default=False)
    after = EncryptedText()
    busy_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["live", "side"], name="dating_live_has_one_of_each"),
            models.UniqueConstraint(fields=["profile", "busy_on"], name="dating_one_live_a_day_for_each"),
        ]


class LiveSignal(models.Model):
    """How two browsers find each other for the talk; gone after some minutes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    live = models.ForeignKey(Live, on_delete=models.CASCADE, related_name="signals", db_index=False)
    sender = models.CharField(max_length=1)
    body = EncryptedText()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["live", "at"], name="dating_signals_of_a_live")]


class Suggestion(models.Model):
    """Two whom the engine would invite for this organisation, best first. Made anew each time it is asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.ForeignKey("orgs.Org", on_delete=models.CASCADE, related_name="+")
    woman = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+")
    man = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "place"], name="dating_suggestions_in_order")]
