"""What two people wrote to each other after a mutual yes. Everything said is sealed."""

from django.db import models
from django.db.models import Q

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id


class Message(models.Model):
    """One message. `number` counts within the pair, so that a phone can ask for what came after the last it has.

    `key` is drawn by the phone: sent again after a broken line, it is the same message. What was taken back is empty.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pair = models.ForeignKey("dating.Pair", on_delete=models.CASCADE, related_name="+", db_index=False)
    sender = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.UUIDField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in ("text", "picture", "voice")])
    text = EncryptedText()
    photo = models.ForeignKey("files.Photo", null=True, on_delete=models.SET_NULL, related_name="+")
    seconds = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(db_index=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pair", "number"], name="dating_chat_one_number"),
            models.UniqueConstraint(fields=["sender", "key"], name="dating_chat_sent_once"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(text=b"", photo=None), name="dating_chat_taken_back_is_empty"
            ),
        ]


class Voice(models.Model):
    """The sound of a voice note, sealed. Apart from its message, which is read far more often."""

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="voice")
    sealed = models.BinaryField()


class Reader(models.Model):
    """How far one of a pair has read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pair = models.ForeignKey("dating.Pair", on_delete=models.CASCADE, related_name="+", db_index=False)
    profile = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "profile"], name="dating_chat_one_reader")]


class Quiet(models.Model):
    """Who wants no read marks: neither shows theirs nor sees others'."""

    profile = models.OneToOneField("dating.Profile", primary_key=True, on_delete=models.CASCADE, related_name="+")


class Quoted(models.Model):
    """A message as a member showed it in a report: a copy, for the case alone, which stays when the message goes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey("dating.Report", on_delete=models.CASCADE, related_name="+", db_index=False)
    message = models.UUIDField()
    by_reporter = models.BooleanField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=8)
    text = EncryptedText()
    photo = models.ForeignKey("files.Photo", null=True, on_delete=models.SET_NULL, related_name="+")
    seconds = models.PositiveSmallIntegerField(default=0)
    sealed = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "message"], name="dating_chat_quoted_once")]
