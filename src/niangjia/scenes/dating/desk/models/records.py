"""People who asked for help: what waits for their own word, and the living record after it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id, receipt_number
from niangjia.scenes.dating.desk.models.house import Station
from niangjia.scenes.dating.desk.types import SOURCES


class Asking(models.Model):
    """Somebody was registered for help and has not confirmed it on their own phone. Nothing of it is used or shown.

    Staff see that it waits, and until when; never for whom. An answer empties the row and changes nothing else: to
    those who registered somebody, a yes and a no look as silence does. `phone_index` stays: nobody is asked twice.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    receipt = models.CharField(max_length=16, unique=True, default=receipt_number, editable=False)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=8, choices=list(SOURCES.items()))
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    phone = EncryptedText()
    phone_index = models.BinaryField(null=True, unique=True)
    name = EncryptedText()
    wishes = EncryptedText()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)


class Record(models.Model):
    """The living record of somebody who agreed to it (动态管理档案). Its owner reads every word of it.

    `frozen_at`: the consent was taken back; nobody at the desk sees it any more, and it is deleted after a while.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField("accounts.Person", on_delete=models.CASCADE, related_name="+")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="records")
    matchmaker = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(max_length=8, choices=list(SOURCES.items()))
    called = EncryptedText()
    wishes = EncryptedText()
    opened_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, db_index=True)


class Note(models.Model):
    """What a matchmaker wrote down. Whoever it is about reads it too."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="notes", db_index=False)
    author = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(
        max_length=6, choices=[("note", _("Note")), ("visit", _("Visit")), ("call", _("Call")), ("owner", _("Owner"))]
    )
    text = EncryptedText()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["record", "-at"], name="desk_notes_of_a_record")]


class Task(models.Model):
    """Something to do for somebody, by a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="tasks")
    text = EncryptedText()
    due_on = models.DateField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["due_on"], name="desk_tasks_due", condition=Q(done_at=None))]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(done_at__gte=F("made_at")), name="desk_done_after_it_was_made"
            )
        ]
