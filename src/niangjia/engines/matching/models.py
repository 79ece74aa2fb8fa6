"""What a run leaves behind: everybody's list, how crowded everybody is, and what staff should know."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.ids import new_id


class Real(models.FloatField):  # type: ignore[type-arg]  # takes none at run time
    """Four bytes are enough for a probability."""

    def db_type(self, connection: Any) -> str:
        return "real"


class State(models.TextChoices):
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Run(models.Model):
    """One clearing of one pool. Its lists count from the moment it is done; the two last ones are kept.

    `seconds` by phase; `card` tells what the preferences were learned from; `error` is a code of `errors`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pool = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField(default=0)
    lists = models.PositiveIntegerField(default=0)
    edges = models.PositiveBigIntegerField(default=0)
    seconds = models.JSONField(default=dict)
    card = models.TextField(blank=True)
    error = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["pool", "-began_at"], name="matching_last_runs")]
        constraints = [
            models.UniqueConstraint(
                fields=["pool"], condition=models.Q(state="running"), name="matching_one_run_at_a_time"
            )
        ]


class RunSide(models.Model):
    """How one side fared; see `types.Figures`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="sides")
    side = models.CharField(max_length=10)
    lists = models.PositiveIntegerField()
    matches = models.FloatField()
    gini = models.FloatField()
    gini_shown = models.FloatField()
    with_one = models.FloatField()
    envy = models.FloatField()
    unlisted = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "side"], name="matching_a_side_once")]


class RankedList(models.Model):
    """Whom `owner` is shown, first first. `scores` are the probabilities of a mutual yes, not shown to anybody."""

    pk = models.CompositePrimaryKey("owner", "run_id")
    owner = models.UUIDField()
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+", db_index=False)
    targets = ArrayField(models.UUIDField())
    scores = ArrayField(Real())
    made_at = models.DateTimeField()


class Price(models.Model):
    """What it takes to meet `person`, when this run was done; see `types.Prices`."""

    pk = models.CompositePrimaryKey("person", "run_id")
    person = models.UUIDField()
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+", db_index=False)
    attention = Real()
    liked = Real()
    likes = Real()
