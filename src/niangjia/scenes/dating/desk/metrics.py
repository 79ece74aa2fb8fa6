"""What the centres and stations did, counted by themselves."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from niangjia.engines.metrics.types import Metric
from niangjia.kernel import clock
from niangjia.scenes.dating.desk.models import Follow, Introduction, Marriage, Station, Visit
from niangjia.scenes.dating.desk.types import COUPLES
from niangjia.scenes.dating.models import Event

Counted = Mapping[UUID | None, int]
CONTENT = 4  # stars of five


def _at(rows: QuerySet, column: str) -> Counted:  # type: ignore[type-arg]  # of any table
    return dict(rows.order_by().values(column).annotate(n=Count("pk")).values_list(column, "n"))


def visits(since: datetime, until: datetime) -> Counted:
    days = Q(day__gte=clock.today(since), day__lt=clock.today(until))
    return _at(Visit.objects.filter(days), "station__org_id")


def introduced(since: datetime, until: datetime) -> Counted:
    return _at(Introduction.objects.filter(made_at__gte=since, made_at__lt=until), "station__org_id")


def paired(since: datetime, until: datetime) -> Counted:
    rows = Introduction.objects.filter(state="both_yes", settled_at__gte=since, settled_at__lt=until)
    return _at(rows, "station__org_id")


def couples(since: datetime, until: datetime) -> Counted:
    rows = Introduction.objects.filter(story__in=COUPLES, story_at__gte=since, story_at__lt=until)
    return _at(rows, "station__org_id")


def marriages(since: datetime, until: datetime) -> Counted:
    """Confirmed by both on their own phones."""
    both = Marriage.objects.filter(one_said_at__isnull=False, other_said_at__isnull=False)
    rows = both.annotate(at=Greatest("one_said_at", "other_said_at")).filter(at__gte=since, at__lt=until)
    return _at(rows, "introduction__station__org_id")


def salons(since: datetime, until: datetime) -> Counted:
    """Dating events that closed at organisations with a station."""
    here = Exists(Station.objects.filter(org=OuterRef("org"), closed_at=None))
    return _at(Event.objects.filter(here, closed_at__gte=since, closed_at__lt=until), "org_id")


def _told(since: datetime, until: datetime) -> "QuerySet[Follow]":
    return Follow.objects.filter(stars__isnull=False, answered_at__gte=since, answered_at__lt=until)


def asked(since: datetime, until: datetime) -> Counted:
    return _at(_told(since, until), "introduction__station__org_id")


def content(since: datetime, until: datetime) -> Counted:
    return _at(_told(since, until).filter(stars__gte=CONTENT), "introduction__station__org_id")


METRICS = (
    Metric("dating.desk_visits", _("Visits to matchmaking centres"), _("visits"), visits, group="introductions"),
    Metric(
        "dating.desk_introductions",
        _("Introductions by matchmakers"),
        _("introductions"),
        introduced,
        group="introductions",
        bundled=True,
        headline=True,
    ),
    Metric("dating.desk_pairs", _("Pairs out of introductions"), _("pairs"), paired, group="pairs", bundled=True),
    Metric(
        "dating.desk_couples",
        _("Couples out of introductions"),
        _("couples"),
        couples,
        group="couples",
        bundled=True,
        headline=True,
    ),
    Metric(
        "dating.desk_marriages",
        _("Marriages out of introductions"),
        _("couples"),
        marriages,
        group="couples",
        bundled=True,
    ),
    Metric(
        "dating.desk_salons", _("Salons of matchmaking centres"), _("events"), salons, group="activities", people=False
    ),
    Metric("dating.desk_opinions", _("Said how they found our help"), _("answers"), asked, group="satisfaction"),
    Metric(
        "dating.desk_content",
        _("Content with our help (4 or 5 of 5)"),
        _("answers"),
        content,
        group="satisfaction",
        of="dating.desk_opinions",
    ),
)
