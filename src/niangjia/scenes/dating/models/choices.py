"""Who chose whom, and what came of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.models.profiles import Profile


class Decision(models.Model):
    """What `chooser` said of `chosen`, last. Taking it back deletes the row: it is as if it had never been said."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    chooser = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="decisions", db_index=False)
    chosen = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    said = models.CharField(max_length=4, choices=[("yes", "yes"), ("pass", "pass")])
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chooser", "chosen"], name="dating_one_decision"),
            models.CheckConstraint(condition=~Q(chooser=F("chosen")), name="dating_not_oneself"),
        ]
        indexes = [models.Index(fields=["chooser", "said", "-at", "-id"], name="dating_said")]


class Pair(models.Model):
    """Two who both said yes. `first` has the smaller id, so that the two can stand here only once.

    Ended when one of them took it back, passed, or blocked; null in place of someone who left for good.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    first = models.ForeignKey(Profile, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    second = models.ForeignKey(Profile, null=True, on_delete=models.SET_NULL, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="dating_one_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="dating_pair_is_ordered"),
        ]


class ContactOffer(models.Model):
    """A way to be reached, offered by one of a pair; opened to the other only when both have offered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="offers")
    owner = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in ("phone", "wechat", "other")])
    value = EncryptedText()
    offered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "owner"], name="dating_one_offer")]


class Block(models.Model):
    """`blocker` and `blocked` do not exist for one another.

    `mark` is a keyed index of the blocked person's identity: who leaves and comes back stays blocked.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    blocker = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="blocks", db_index=False)
    blocked = models.ForeignKey(Profile, null=True, on_delete=models.SET_NULL, related_name="+")
    mark = models.BinaryField(db_index=True)
    nickname = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blocker", "blocked"], name="dating_one_block")]


class SeenOfDay(models.Model):
    """The profiles somebody was shown on one day: so many distinct ones a day and no more.

    The day after only `counted` is left of it, for thirty days: how many, not whom (docs/adr/0012).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField(db_index=True)
    profiles = ArrayField(models.UUIDField(), default=list)
    opened = ArrayField(models.UUIDField(), default=list)
    counted = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="dating_one_day")]


class PoolOfDay(models.Model):
    """How many people can be shown at all, counted every night: what one account may see of them follows it."""

    day = models.DateField(primary_key=True)
    people = models.PositiveIntegerField()
