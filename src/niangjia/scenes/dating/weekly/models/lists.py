"""Who is on which list, and who asked about whom."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import EncryptedText
from niangjia.kernel.ids import new_id


class Entry(models.Model):
    """What somebody wants said of them, until they leave. What is said this week stands in their `Line`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    profile = models.OneToOneField("dating.Profile", on_delete=models.CASCADE, related_name="+")
    says = EncryptedText()
    wishes = EncryptedText()
    with_photo = models.BooleanField(default=False)
    listed_on = models.DateField(null=True)  # the week of their last list: who waited longest comes first


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    CLOSED = "closed", _("closed")


class WeeklyList(models.Model):
    """The list of one town and week; `monday` names the week. A town has one that is published at a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    town = models.CharField(max_length=6)
    monday = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    listed = models.PositiveSmallIntegerField(default=0)
    interests = models.PositiveIntegerField(default=0)
    pairs = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "monday"], name="dating_one_list_a_week"),
            models.UniqueConstraint(fields=["town"], condition=Q(state="published"), name="dating_one_open_list"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False, until__isnull=False),
                name="dating_published_list_has_an_end",
            ),
        ]


class Line(models.Model):
    """Somebody's place on one list, with the words that staff looked through. The number is drawn when it is published.

    Taken out: the reason is told to the one concerned, who may object; another person than the first then decides.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    list = models.ForeignKey(WeeklyList, on_delete=models.CASCADE, related_name="lines", db_index=False)
    profile = models.ForeignKey("dating.Profile", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(null=True)
    nickname = EncryptedText()
    says = EncryptedText()
    wishes = EncryptedText()
    photo = models.ForeignKey("files.Photo", null=True, on_delete=models.SET_NULL, related_name="+")
    out_at = models.DateTimeField(null=True)
    out_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    out_reason = EncryptedText()
    objection = EncryptedText()
    objected_at = models.DateTimeField(null=True)
    back_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    kept_out_at = models.DateTimeField(null=True)  # somebody else looked again, and agreed with the first

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "profile"], name="dating_listed_once"),
            models.UniqueConstraint(fields=["list", "number"], name="dating_own_number_of_the_week"),
            models.CheckConstraint(
                condition=Q(back_by=None) | Q(out_by=None) | ~Q(back_by=F("out_by")),
                name="dating_another_looks_again",
            ),
        ]


class Interest(models.Model):
    """Somebody would like to know a person of the list.

    `yes`: an ordinary yes of dating, known to nobody else. `request`: the listed person is asked. `hotline`: staff
    wrote it down; nobody is asked before the caller (found by `phone_mark`, perhaps not a member yet) has confirmed it
    on their own phone. What the listed person answers is sealed, and told to nobody unless it is yes.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="interests", db_index=False)
    way = models.CharField(max_length=8, choices=[(w, w) for w in ("yes", "request", "hotline")])
    asker = models.ForeignKey("dating.Profile", null=True, on_delete=models.CASCADE, related_name="+")
    phone = EncryptedText()
    phone_mark = models.BinaryField(null=True, db_index=True)
    taken_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    confirmed_at = models.DateTimeField(null=True)
    listed_says = EncryptedText()
    paired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "asker"], name="dating_asks_once"),
            models.UniqueConstraint(fields=["line", "phone_mark"], name="dating_calls_once"),
            models.CheckConstraint(
                condition=Q(asker__isnull=False) | Q(phone_mark__isnull=False), name="dating_somebody_asks"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(asker__isnull=False), name="dating_only_a_member_confirms"
            ),
        ]
