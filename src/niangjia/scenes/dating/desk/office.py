"""What of the desk waits for somebody of the staff: things to do for people, money to decide about, money to pay."""

from datetime import datetime

from django.db.models import Count, Min, Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.registry import Waits
from niangjia.kernel import clock
from niangjia.scenes.dating.desk.models import Task
from niangjia.scenes.dating.desk.policies import records, rewards, spendings


def waiting(actor: Actor, now: datetime) -> list[Waits]:
    found = (_tasks(actor, now), _rewards(actor), _payable(actor), _spendings(actor))
    return [one for one in found if one.count]


def _tasks(actor: Actor, now: datetime) -> Waits:
    """What is due with those whom I look after, and with those whom nobody does."""
    mine = records.which(actor, "keep").filter(Q(matchmaker=actor.person_id) | Q(matchmaker=None))
    due = Task.objects.filter(record__in=mine, done_at=None, due_on__lte=clock.today(now))
    told = due.aggregate(n=Count("pk"), first=Min("due_on"))
    return Waits(
        _("To do for those who asked for help"), "diversity_1", "/console/dating/desk", told["n"], told["first"]
    )


def _rewards(actor: Actor) -> Waits:
    """Not those that I proposed or would gain by: I may not decide them."""
    rows = rewards.which(actor, "decide").filter(state="proposed")
    rows = rows.exclude(Q(proposed_by=actor.person_id) | Q(beneficiary=actor.person_id))
    return Waits(_("Rewards to decide"), "redeem", "/console/dating/centre/rewards", rows.count())


def _payable(actor: Actor) -> Waits:
    rows = rewards.which(actor, "decide").filter(state="payable")
    rows = rows.exclude(Q(decided_by=actor.person_id) | Q(beneficiary=actor.person_id))
    return Waits(_("Rewards to pay"), "payments", "/console/dating/centre/rewards", rows.count())


def _spendings(actor: Actor) -> Waits:
    """Of all stations of mine; a single station is led to at once."""
    rows = spendings.which(actor, "decide").filter(state="proposed").exclude(proposed_by=actor.person_id)
    stations = sorted(set(rows.values_list("budget__station", flat=True)))
    path = "/console/dating/centre"
    path += f"/station?key={stations[0]}" if len(stations) == 1 else ""
    return Waits(_("Spending to decide"), "payments", path, rows.count())
