"""Who vouched for what, how, when, until when; and what waits at a desk to be vouched for."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id


class Kind(models.TextChoices):
    REAL_PERSON = "real_person", _("Real person")
    EMPLOYER = "employer", _("Employer")
    SINGLE = "single", _("Single")


class Method(models.TextChoices):
    FACE = "face", _("Face check")
    DOCUMENT = "document", _("ID document at a desk")
    ROLL = "roll", _("Member roll")
    ENTERPRISE = "enterprise", pgettext_lazy("who vouched", "Enterprise")
    UNION = "union", pgettext_lazy("who vouched", "Union")
    PLEDGE = "pledge", _("Signed pledge")


class Attestation(models.Model):
    """One fact about one person, as long as it stands. It is never changed into another: it falls, and a new one comes.

    `issuer` is the name of whoever vouched. A pledge keeps its version and the hash of the words, name and date signed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="attestations")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    method = models.CharField(max_length=12, choices=Method.choices)
    issuer = models.CharField(max_length=120)
    employer = models.ForeignKey("orgs.Employer", null=True, on_delete=models.PROTECT, related_name="attestations")
    pledge = models.CharField(max_length=20, blank=True)
    pledge_hash = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    fallen_at = models.DateTimeField(null=True)
    fall_reason = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], condition=Q(fallen_at=None), name="one_living_fact"),
            models.CheckConstraint(
                condition=Q(kind="employer", employer__isnull=False) | (~Q(kind="employer") & Q(employer=None)),
                name="only_employment_names_an_employer",
            ),
            models.CheckConstraint(
                condition=Q(kind="single", pledge_hash__isnull=False, expires_at__isnull=False)
                | (~Q(kind="single") & Q(pledge_hash=None)),
                name="only_a_pledge_is_signed_and_ends",
            ),
            models.CheckConstraint(
                condition=Q(fallen_at=None, fall_reason="") | (Q(fallen_at__isnull=False) & ~Q(fall_reason="")),
                name="a_fall_has_its_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "kind", "-made_at"], name="facts_of"),
            models.Index(fields=["expires_at"], condition=Q(fallen_at=None), name="facts_to_expire"),
            models.Index(fields=["employer"], condition=Q(fallen_at=None), name="facts_of_employer"),
        ]


class IdentityCheck(models.Model):
    """A face check that was begun. What was claimed is forgotten as soon as the check ends, whichever way."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="identity_checks")
    certify_id = models.CharField(max_length=128, unique=True)
    state = models.CharField(
        max_length=8, default="begun", choices=[(s, s) for s in ("begun", "passed", "failed", "dropped")]
    )
    legal_name = EncryptedText()
    id_number = EncryptedText()
    made_at = models.DateTimeField()


class Request(models.Model):
    """What waits at a desk: an ID document to look at, or an employment to confirm.

    `org` is whose desk: an enterprise, or the union nearest to the person (its parents see it too).
    `climbed` counts how often a union's desk let its day pass and the one above took over.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        DROPPED = "dropped", _("Taken back")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    receipt = models.CharField(max_length=12, unique=True)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="fact_requests")
    kind = models.CharField(max_length=12, choices=[(k.value, k.label) for k in (Kind.REAL_PERSON, Kind.EMPLOYER)])
    desk = models.CharField(max_length=10, choices=[("union", _("Union")), ("enterprise", _("Enterprise"))])
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey("orgs.Employer", null=True, on_delete=models.PROTECT, related_name="+")
    legal_name = EncryptedText()
    id_number = EncryptedText()
    documents = ArrayField(models.UUIDField(), default=list)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    due_on = models.DateField()
    climbed = models.PositiveSmallIntegerField(default=0, db_default=0)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(state="waiting"), name="one_waiting_request"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("person")), name="nobody_decides_about_themselves"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="decided_when_it_ends",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "refused"]) | Q(decided_by__isnull=False),
                name="a_decision_has_its_decider",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="a_refusal_has_its_reason"),
            models.CheckConstraint(
                condition=Q(kind="real_person", desk="union", employer=None)
                | Q(kind="employer", employer__isnull=False),
                name="only_unions_see_documents",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(state="waiting"), name="requests_waiting")]
