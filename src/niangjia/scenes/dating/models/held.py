"""Words of a profile that somebody of the union looks at before others read them."""

from django.db import models
from django.db.models import Q

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.models.profiles import Profile


class HeldText(models.Model):
    """One field as its owner wrote it, while the profile shows what stood there before.

    Never changed: who writes again while it is looked at makes another one, so that staff decide on what they read.
    """

    class States(models.TextChoices):
        WAITING = "waiting"
        SHOWN = "shown"
        DOWN = "down"
        REPLACED = "replaced"

    CURRENT = (States.WAITING, States.DOWN)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField("workflow.Case", on_delete=models.PROTECT, related_name="+")
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="held", db_index=False)
    field = models.CharField(max_length=12)
    text = EncryptedText()
    words = EncryptedText()
    reason = EncryptedText()
    state = models.CharField(max_length=8, choices=States.choices, default=States.WAITING)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["profile", "field"], name="dating_held_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "field"], name="dating_one_held_text", condition=Q(state__in=["waiting", "down"])
            )
        ]
