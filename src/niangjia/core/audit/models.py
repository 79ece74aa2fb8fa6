"""One append-only table of what was done and who looked. The database itself refuses changes to it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from niangjia.kernel.ids import new_id


class Event(models.Model):
    """`subject_id` is the person whose facts are concerned; they may read the row (their "who looked" page).

    Holds names of columns, never their values: the log must not become a second copy of what it protects.
    `place` and `mac` are null until the row is sealed into the chain, and then never change.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=60)
    actor_id = models.UUIDField(null=True)
    subject_id = models.UUIDField(null=True)
    target_table = models.CharField(max_length=60, blank=True)
    target_id = models.CharField(max_length=60, blank=True)
    columns = ArrayField(models.CharField(max_length=60), default=list)
    purpose = models.CharField(max_length=200, blank=True)
    place = models.BigIntegerField(null=True, unique=True)
    mac = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "-at"], name="audit_subject"),
            models.Index(fields=["id"], name="audit_unsealed", condition=models.Q(place=None)),
        ]
