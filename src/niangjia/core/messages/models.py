"""What people are told: notes in their inbox, and what goes out by SMS or mini-program."""

from datetime import datetime

from django.db import models

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id


class Note(models.Model):
    """A line in a person's inbox. Kept as template and parameters, so that it reads in the reader's language."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="notes")
    template = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at", "id"], name="inbox"),
            models.Index(fields=["person"], name="inbox_unread", condition=models.Q(read_at=None)),
        ]


class Outbound(models.Model):
    """One message on its way to the outside world: written with the change it tells of, sent after commit.

    Where it goes and what it says are sealed: a queue must not leak a phone number or a code (check E3).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(max_length=12, choices=[("sms", "SMS")])
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.CASCADE, related_name="+")
    to = EncryptedText()
    template = models.CharField(max_length=60)
    params = EncryptedText()
    state = models.CharField(
        max_length=10,
        default="waiting",
        choices=[(s, s) for s in ("waiting", "sent", "refused", "expired", "withdrawn")],
    )
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    def end(self, state: str, at: datetime) -> None:
        """What was said is forgotten then: only that it was, or was not, stays."""
        self.state, self.sent_at, self.to, self.params = state, at, "", ""
        self.save(update_fields=["state", "sent_at", "to", "params"])


class Announcement(models.Model):
    """A notice of a union to everybody at and below it, shown in their inbox page."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="announcements")
    title = models.CharField(max_length=80)
    body = models.TextField(max_length=4000)
    author = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
