"""What the guard keeps: its warnings, keyed marks of words that went to several people, who waits, prints of photos.

Never a message itself: words that were evidence, sealed, and they go with the profile of either side.
"""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id, receipt_number


class File(models.Model):
    """A case about one sender: the stages and words that were warned of, which is all that staff see.

    The words stay with the case when the sender leaves: leaving is no way out of it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField("workflow.Case", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey("dating.Profile", null=True, on_delete=models.SET_NULL, related_name="+")
    words = EncryptedText()
    objection = EncryptedText()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sender"], name="dating_scam_one_open_file", condition=Q(closed_at=None, sender__isnull=False)
            ),
        ]


class Alarm(models.Model):
    """A warning about one message, for its receiver. `said` is what they made of it.

    Until they have read it and opened the message (`opened_at`), what it says stays with us, but for the words that
    worried us.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.UUIDField(unique=True)
    pair = models.ForeignKey("dating.Pair", on_delete=models.CASCADE, related_name="+")
    sender = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+", db_index=False)
    receiver = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="alarms")
    stage = models.CharField(max_length=8)
    evidence = EncryptedText()
    at = models.DateTimeField(db_index=True)
    said = models.CharField(max_length=8, blank=True, choices=[(w, w) for w in ("fine", "afraid")])
    opened_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["sender", "-at"], name="dating_scam_alarms_of")]


class Script(models.Model):
    """The same words in another conversation: a keyed mark of how they sound, from which nothing can be read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sender = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+")
    pair = models.ForeignKey("dating.Pair", on_delete=models.CASCADE, related_name="+", db_index=False)
    mark = models.BinaryField(max_length=32)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark", "sender", "pair"], name="dating_scam_once_a_pair")]


class CoolingOff(models.Model):
    """Until when somebody begins no new conversation. Longer than a day only when a person has confirmed it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    receipt = models.CharField(max_length=16, unique=True, default=receipt_number, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    file = models.OneToOneField(File, on_delete=models.CASCADE, related_name="cooling")
    reason = EncryptedText()
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    confirmed_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed = models.BooleanField(default=False)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed=True) | Q(until__lte=F("made_at") + timedelta(days=1)),
                name="dating_scam_a_day_unless_confirmed",
            ),
        ]


class Print(models.Model):
    """What a profile's photo looks like, in 64 bits each: the whole and its middle. No face is measured (ADR 11)."""

    photo = models.OneToOneField("files.Photo", primary_key=True, on_delete=models.CASCADE, related_name="+")
    profile = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+")
    whole = models.BigIntegerField()
    middle = models.BigIntegerField()
    at = models.DateTimeField()


class LookAlike(models.Model):
    """Photos of two profiles that look the same, or one with a code in it: for a person to decide."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField("workflow.Case", on_delete=models.PROTECT, related_name="+")
    photo = models.ForeignKey("files.Photo", null=True, on_delete=models.SET_NULL, related_name="+")
    other = models.ForeignKey("files.Photo", null=True, on_delete=models.SET_NULL, related_name="+")
    why = models.CharField(max_length=8, choices=[(w, w) for w in ("same", "code")])
    place = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["photo", "other"], name="dating_scam_pair_of_photos_once")]
