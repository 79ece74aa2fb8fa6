"""What dating shows in the cockpit: how many look around, and how many found each other."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from niangjia.core.orgs.models import Org
from niangjia.engines.metrics.house import org_of
from niangjia.engines.metrics.types import Metric
from niangjia.kernel import clock
from niangjia.scenes.dating.models import Event, Pair, Profile

LATELY = timedelta(weeks=4)


def active(since: datetime, until: datetime) -> Mapping[UUID | None, int]:
    """Profiles that had been made by then and were in use within four weeks before, or later."""
    people = Profile.objects.filter(joined_on__lt=clock.today(until), active_week__gte=clock.today(until - LATELY))
    counted = people.annotate(at=org_of("person_id", until)).order_by().values("at").annotate(n=Count("pk"))
    return dict(counted.values_list("at", "n"))


def pairs(since: datetime, until: datetime) -> Mapping[UUID | None, int]:
    """Pairs that had found each other and still stood. Each counts once, where the paths of the two first meet."""
    standing = Pair.objects.filter(Q(ended_at=None) | Q(ended_at__gte=until), since__lt=until)
    both = standing.annotate(one=org_of("first__person_id", until), other=org_of("second__person_id", until))
    paths = dict(Org.objects.values_list("id", "path"))
    found = both.values_list("one", "other")
    places = Counter(_meeting(paths.get(one, ""), paths.get(other, "")) for one, other in found)
    ids = {path: key for key, path in paths.items()}
    return {ids.get(path): count for path, count in places.items()}


def _meeting(one: str, other: str) -> str:
    """The path of the nearest organisation above both."""
    ends = range(Org.steplen, min(len(one), len(other)) + 1, Org.steplen)
    return max((one[:end] for end in ends if one[:end] == other[:end]), key=len, default="")


def _closed(since: datetime, until: datetime, what: Count | Sum) -> Mapping[UUID | None, int]:
    """Of events that closed in this time, at their organiser."""
    rows = Event.objects.filter(closed_at__gte=since, closed_at__lt=until).order_by().values("org_id").annotate(n=what)
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


METRICS = (
    Metric("dating.active", _("Looking for a partner"), _("people"), active),
    Metric("dating.pairs", _("Mutual pairs"), _("pairs"), pairs),
    Metric("dating.events", _("Dating events held"), _("events"), events),
    Metric("dating.event_entrants", _("Taking part in dating events"), _("people"), entrants),
    Metric("dating.event_choices", _("Choices made in dating events"), _("choices"), choices),
    Metric("dating.event_pairs", _("Pairs out of dating events"), _("pairs"), event_pairs),
)
