"""What dating shows in the cockpit: how many look around, and how many found each other."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from niangjia.core.orgs.models import Org
from niangjia.engines.metrics.house import by_employer, orgs_of
from niangjia.engines.metrics.types import Metric
from niangjia.kernel import clock
from niangjia.scenes.dating.models import Event, Pair, Profile
from niangjia.scenes.dating.models.events import Kind

LATELY = timedelta(weeks=4)


def active(since: datetime, until: datetime) -> Mapping[UUID | None, int]:
    """Profiles that had been made by then and were in use within four weeks before, or later."""
    people = Profile.objects.filter(joined_on__lt=clock.today(until), active_week__gte=clock.today(until - LATELY))
    return by_employer(people, "person_id", until)


def pairs(since: datetime, until: datetime) -> Mapping[UUID | None, int]:
    """Pairs that had found each other and still stood."""
    return _where(Pair.objects.filter(Q(ended_at=None) | Q(ended_at__gte=until), since__lt=until), until)


def new_pairs(since: datetime, until: datetime) -> Mapping[UUID | None, int]:
    """Pairs that found each other in this time, whatever became of them."""
    return _where(Pair.objects.filter(since__gte=since, since__lt=until), until)


def _where(found_each_other: "QuerySet[Pair]", until: datetime) -> Mapping[UUID | None, int]:
    """Each counts once, where the paths of the two first meet."""
    at = orgs_of(found_each_other, "first__person_id", until) | orgs_of(found_each_other, "second__person_id", until)
    paths = dict(Org.objects.values_list("id", "path"))
    found = found_each_other.values_list("first__person_id", "second__person_id")
    places = Counter(_meeting(*(paths.get(at.get(key), "") for key in both)) for both in found)
    ids = {path: key for key, path in paths.items()}
    return {ids.get(path): count for path, count in places.items()}


def _meeting(one: str, other: str) -> str:
    """The path of the nearest organisation above both."""
    ends = range(Org.steplen, min(len(one), len(other)) + 1, Org.steplen)
    return max((one[:end] for end in ends if one[:end] == other[:end]), key=len, default="")


def _closed(since: datetime, until: datetime, what: Count | Sum, **which: str) -> Mapping[UUID | None, int]:
    """Of events that closed in this time, at their organiser."""
    rows = (
        Event.objects.filter(closed_at__gte=since, closed_at__lt=until, **which)
        .order_by()
        .values("org_id")
        .annotate(n=what)
    )
    return dict(rows.values_list("org_id", "n"))


def events(since: datetime, until: datetime) -> Mapping[UUID | None, int]:
    return _closed(since, until, Count("pk"))


def entrants(since: datetime, until: datetime) -> Mapping[UUID | None, int]:
    return _closed(since, until, Sum("entrants"))


def choices(since: datetime, until: datetime) -> Mapping[UUID | None, int]:
    """How many choices were made in secret; whom anybody chose is known to nobody."""
    return _closed(since, until, Sum("picked"))


def event_pairs(since: datetime, until: datetime) -> Mapping[UUID | None, int]:
    return _closed(since, until, Sum("pairs"))


def online_pairs(since: datetime, until: datetime) -> Mapping[UUID | None, int]:
    """Those of them that met online, one to one."""
    return _closed(since, until, Sum("pairs"), kind=Kind.ONLINE)


METRICS = (
    Metric("dating.active", _("Looking for a partner"), _("people"), active, group="people", stock=True, headline=True),
    Metric("dating.new_pairs", _("New pairs"), _("pairs"), new_pairs, group="pairs", headline=True),
    Metric("dating.pairs", _("Mutual pairs"), _("pairs"), pairs, group="pairs", stock=True),
    Metric("dating.event_pairs", _("Pairs out of dating events"), _("pairs"), event_pairs, group="pairs"),
    Metric("dating.online_pairs", _("Of these, met online"), _("pairs"), online_pairs, group="pairs", bundled=True),
    Metric("dating.events", _("Dating events held"), _("events"), events, group="activities", people=False),
    Metric("dating.event_entrants", _("Taking part in dating events"), _("people"), entrants, group="activities"),
    Metric("dating.event_choices", _("Choices made in dating events"), _("choices"), choices),
)
