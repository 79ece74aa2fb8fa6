"""What people agreed to and took back. Rows are only ever added; the database refuses anything else."""

from django.db import models


class ConsentRecord(models.Model):
    """One answer. The newest of a person and a purpose counts; the key is the order in which answers came, never shown.

    `text_hash` (SHA-256 of the Chinese words shown) proves what was agreed to.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    text_hash = models.BinaryField()
    given = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "purpose", "-id"], name="consent_latest")]
