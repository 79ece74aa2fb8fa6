"""What people leave behind besides their booking: answers, questions, a survey sheet, a certificate."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id
from niangjia.scenes.activities.models.offers import Activity


class Answers(models.Model):
    """What somebody wrote into the registration form, sealed. Only the organisers read it; each look is recorded."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    answers = EncryptedText()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "person"], name="one_form_each")]


class Taste(models.Model):
    """What somebody likes to be told of: chosen by themselves, used only to order activities for them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField("accounts.Person", on_delete=models.CASCADE, related_name="+")
    topics = ArrayField(models.CharField(max_length=20), default=list)
    district = models.CharField(max_length=6, blank=True)


class LiveQuestion(models.Model):
    """A question to a lecture. Seen by its author and the staff, and by all once it was let through; without a name."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SHOWN = "shown", _("Let through")
        ANSWERED = "answered", _("Answered")
        LEFT = "left", _("Left aside")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["activity", "state", "asked_at"], name="questions_in_order")]


class SurveySheet(models.Model):
    """One answered survey. It has no person and no moment: nobody can be found by it, not even by us."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    answers = models.JSONField()


class SurveyDone(models.Model):
    """That somebody has answered; kept apart from what they answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "person"], name="one_survey_each")]


class Certificate(models.Model):
    """That somebody attended. `code` stands on it; whoever types it in learns whether it is genuine."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "person"], name="one_certificate_each")]
