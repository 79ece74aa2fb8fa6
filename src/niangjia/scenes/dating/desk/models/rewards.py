"""A wedding, and the reward for the one who brought them together: 2,000 yuan once, four eyes, on a payable list."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.ids import new_id, receipt_number
from niangjia.scenes.dating.desk.models.house import Station
from niangjia.scenes.dating.desk.models.introductions import Introduction
from niangjia.scenes.dating.desk.types import REWARD_FEN


class Marriage(models.Model):
    """Both said on their own phones that they married; staff saw the certificate and kept nothing of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    introduction = models.OneToOneField(Introduction, on_delete=models.CASCADE, related_name="marriage")
    married_on = models.DateField()
    one_said_at = models.DateTimeField(null=True)
    other_said_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    seen_at = models.DateTimeField(null=True)


class Reward(models.Model):
    """On the payable list until it is paid. It outlives the couple's stay; then it names the matchmaker only.

    `couple_mark` is a keyed index of the two identities: the same two can be rewarded once, ever.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    receipt = models.CharField(max_length=16, unique=True, default=receipt_number, editable=False)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    introduction = models.ForeignKey(Introduction, null=True, on_delete=models.SET_NULL, related_name="+")
    couple_mark = models.BinaryField()
    beneficiary = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    fen = models.PositiveBigIntegerField(default=REWARD_FEN)
    state = models.CharField(
        max_length=8,
        choices=[
            ("proposed", _("proposed")),
            ("payable", _("to be paid")),
            ("paid", _("paid")),
            ("refused", _("refused")),
        ],
        default="proposed",
    )
    proposed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    paid_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["couple_mark"], condition=~Q(state="refused"), name="desk_a_couple_is_rewarded_once"
            ),
            models.CheckConstraint(condition=Q(fen=REWARD_FEN), name="desk_reward_is_2000_yuan"),
            models.CheckConstraint(
                condition=~Q(proposed_by=F("beneficiary")), name="desk_reward_not_proposed_for_oneself"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | (~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("beneficiary"))),
                name="desk_reward_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(paid_by=None) | (~Q(paid_by=F("decided_by")) & ~Q(paid_by=F("beneficiary"))),
                name="desk_reward_paid_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by=None)
                | Q(state__in=("payable", "refused"), decided_by__isnull=False, paid_by=None)
                | Q(state="paid", decided_by__isnull=False, paid_by__isnull=False),
                name="desk_reward_step_by_step",
            ),
        ]
