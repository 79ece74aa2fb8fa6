"""What keeps people safe: reports, and what was decided about someone."""

from django.db import models
from django.db.models import Q

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id, receipt_number
from niangjia.scenes.dating.models.profiles import Profile


class Report(models.Model):
    """One person's report about another; its state, deadline and outcome are the case's (engine `workflow`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField("workflow.Case", on_delete=models.PROTECT, related_name="+")
    reporter = models.ForeignKey(Profile, null=True, on_delete=models.SET_NULL, related_name="+")
    reported = models.ForeignKey(Profile, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=20)
    details = EncryptedText()
    at = models.DateTimeField()


class Evidence(models.Model):
    """A picture that goes with a report."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="evidence")
    photo = models.ForeignKey("files.Photo", on_delete=models.CASCADE, related_name="+")


class Restriction(models.Model):
    """What somebody may not do for a while, why, and how it ends. Always told to them: nobody is hidden in secret.

    On the person, not the profile: leaving and coming back does not end it. `receipt` is not the report's, which the
    reporter knows.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    receipt = models.CharField(max_length=16, unique=True, default=receipt_number, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    case = models.OneToOneField("workflow.Case", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=12, choices=[(w, w) for w in ("warned", "paused", "shut_out")])
    reason = EncryptedText()
    made_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="paused") | Q(until__isnull=False), name="dating_pause_has_an_end"
            ),
        ]
