"""Photos: what is known of them. The bytes lie sealed under MEDIA_ROOT."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.ids import new_id


class Photo(models.Model):
    """A picture, decoded and encoded anew. `key` is the random name of its files; `dhash` finds near copies later.

    `delete_at` is set on what must not be kept: photos of identity documents.
    """

    class Purpose(models.TextChoices):
        PROFILE = "profile", _("Profile")
        IDENTITY = "identity", _("Identity document")
        EVIDENCE = "evidence", _("Evidence")
        ACTIVITY = "activity", _("Activity")
        CHAT = "chat", _("Between two people")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="photos")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    key = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    dhash = models.BigIntegerField()
    delete_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "purpose", "-made_at"], name="photos_of")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(purpose="identity") | models.Q(delete_at__isnull=False),
                name="identity_documents_have_an_end",
            )
        ]
