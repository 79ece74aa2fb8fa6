"""The centre itself: stations, who works there, rooms, money, and the names under which matchmakers are known."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.ids import new_id


def yuan(fen: int) -> str:
    return f"{fen // 100:,}" + (f".{fen % 100:02}" if fen % 100 else "")


class Station(models.Model):
    """A centre, or a branch station of one (分站). Whoever works for `org` or above it works here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="branches")
    name = models.CharField(max_length=60)
    place = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    story = models.CharField(max_length=600, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "name"], name="desk_one_station_a_name")]


class StationMember(models.Model):
    """Somebody who works at a station, under the name by which people know them there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="members", db_index=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    shown_as = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["station", "person"], name="desk_works_here_once")]


class MeetingRoom(models.Model):
    """A room in which two may meet. That it is given to one couple at a time is a constraint on meetings.

    `venue`: members may book it too. Then every meeting here takes places of an opening there (`desk/rooms.py`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=40)
    venue = models.ForeignKey("dating_venues.Venue", null=True, on_delete=models.PROTECT, related_name="+")


class Visit(models.Model):
    """Somebody came to the desk. Counted, not named."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="visits", db_index=False)
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["station", "day"], name="desk_visits_by_day")]


class Budget(models.Model):
    """What a station may spend in a year, in fen. Never more is approved than there is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="budgets", db_index=False)
    year = models.PositiveSmallIntegerField()
    fen = models.PositiveBigIntegerField()
    spent = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "year"], name="desk_one_budget_a_year"),
            models.CheckConstraint(condition=Q(spent__lte=F("fen")), name="desk_within_the_budget"),
        ]

    @property
    def yuan(self) -> str:
        return yuan(self.fen)

    @property
    def left(self) -> str:
        return yuan(self.fen - self.spent)


class Spending(models.Model):
    """One line of spending: one person proposes it, another one agrees."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="lines")
    what = models.CharField(max_length=120)
    fen = models.PositiveBigIntegerField()
    proposed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=[("proposed", _("proposed")), ("agreed", _("agreed")), ("refused", _("refused"))]
    )
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="desk_spending_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by=None) | (~Q(state="proposed") & Q(decided_by__isnull=False)),
                name="desk_spending_is_decided_by_somebody",
            ),
            models.CheckConstraint(condition=Q(fen__gt=0), name="desk_spending_is_something"),
        ]

    @property
    def yuan(self) -> str:
        return yuan(self.fen)


class Brand(models.Model):
    """红娘品牌: the name and story under which some matchmakers are known. Public once it is published."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    story = models.TextField(max_length=2000)
    published_at = models.DateTimeField(null=True)


class BrandMember(models.Model):
    """One of its matchmakers, as they wish to be called in public."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="members", db_index=False)
    member = models.ForeignKey(StationMember, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "member"], name="desk_in_a_brand_once")]
