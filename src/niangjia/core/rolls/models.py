"""Member rolls, import by import. Entries are never rewritten: what changes ends, and a new one begins.

So an import is undone exactly: what it began is deleted, what it ended lives again. For `applying.UNDO_WITHIN`; then
what ended is deleted.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id


class State(models.TextChoices):
    WAITING = "waiting", _("Being read")
    PREVIEW = "preview", _("Ready to look at")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Undone")
    REFUSED = "refused", _("Could not be read")
    DROPPED = "dropped", _("Dropped")


class Import(models.Model):
    """One table of members. For every employer it names, it is that employer's whole roll.

    `turn` counts up among imports that share an employer: the order in which they were applied.
    `counts` is what it will do (or did); `why` is why it was refused. `sample` holds its first rows, masked, as JSON.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="roll_imports")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    file_name = models.CharField(max_length=120)
    counts = models.JSONField(default=dict)
    sample = EncryptedText()
    why = models.CharField(max_length=300, blank=True)
    employers = models.ManyToManyField("orgs.Employer", related_name="+")
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(db_index=True)
    touched_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, db_index=True)
    turn = models.PositiveIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("roll import")
        verbose_name_plural = _("roll imports")


class FilePart(models.Model):
    """A sealed piece of an uploaded table. Deleted as soon as the table was read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="one_part_of_a_number")]


class MemberColumns(models.Model):
    """What a roll says of a member. `key` tells members of one employer apart: the ID number's index, else the phone's.

    ID and phone number are only kept as blind indexes: enough to recognise somebody, not to read anything.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    employer = models.ForeignKey("orgs.Employer", on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.BinaryField()
    name_index = models.BinaryField()
    id_index = models.BinaryField(null=True)
    phone_index = models.BinaryField(null=True)
    joined_on = models.DateField(null=True)

    class Meta:
        abstract = True


class RollEntry(MemberColumns):
    """A member on the roll of an employer, from the import `begun` until the import `ended`."""

    legal_name = EncryptedText()
    begun = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="began")
    ended = models.ForeignKey(Import, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("roll entry")
        verbose_name_plural = _("roll entries")
        constraints = [
            models.UniqueConstraint(fields=["employer", "key"], condition=models.Q(ended=None), name="once_on_a_roll"),
        ]
        indexes = [
            models.Index(fields=["id_index"], condition=models.Q(ended=None), name="roll_id"),
            models.Index(fields=["phone_index"], condition=models.Q(ended=None), name="roll_phone"),
            models.Index(
                fields=["ended", "employer", "key"], condition=models.Q(ended__isnull=False), name="roll_what_ended"
            ),
        ]


class StagedRow(MemberColumns):
    """A good row of an import that is not applied yet.

    Its primary key becomes that of the entry it will be, and `legal_name` is sealed for the entry's place already.
    """

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="staged", db_index=False)
    row = models.PositiveIntegerField()
    legal_name = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["of", "employer", "key"], name="staged_key")]


class BadRow(models.Model):
    """A row that could not be taken, and why. What was readable of it keeps its people from counting as gone."""

    id = models.BigAutoField(primary_key=True)
    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="bad_rows")
    row = models.PositiveIntegerField()
    reason = models.CharField(max_length=20)
    other = models.PositiveIntegerField(null=True)
    employer = models.ForeignKey("orgs.Employer", null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    id_index = models.BinaryField(null=True)
    phone_index = models.BinaryField(null=True)
