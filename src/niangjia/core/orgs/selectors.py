"""Reading the tree."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import BooleanField, Count, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Substr

from niangjia.core.orgs.models import Employer, Org, OrgHistory
from niangjia.core.orgs.search import folded, query_of

_LOOKED_AT = 200  # firms that match a common word are ranked among these only


def subtree(org: Org) -> QuerySet[Org]:
    """The organisation and everything below it that lives, in the order of the tree."""
    rows: QuerySet[Org] = Org.objects.filter(path__startswith=org.path, ended_at=None).order_by("path")
    return rows


def ancestors(org: Org) -> QuerySet[Org]:
    """From the root down to the parent."""
    rows: QuerySet[Org] = Org.objects.filter(path__in=list(paths_above(org.path))).order_by("path")
    return rows


def paths_above(path: str) -> Iterator[str]:
    return (path[:end] for end in range(Org.steplen, len(path), Org.steplen))


@dataclass(frozen=True)
class Branch:
    """A child in the tree, with how many offices and firms live below it."""

    org: Org
    children: int
    employers: int


def children(org: Org | None) -> list[Branch]:
    """The living children (of None: the roots), in two queries whatever their number."""
    prefix = org.path if org else ""
    step = len(prefix) + Org.steplen
    below = Org.objects.filter(path__startswith=prefix, ended_at=None)
    rows = list(below.filter(depth=step // Org.steplen).order_by("path"))
    offices = Counter(
        dict(
            below.filter(depth=step // Org.steplen + 1)
            .values(root=Substr("path", 1, step))
            .annotate(count=Count("pk"))
            .order_by()  # treebeard's own order would split the groups
            .values_list("root", "count")
        )
    )
    firms = Counter(
        dict(
            Employer.objects.filter(org__path__startswith=prefix, ended_at=None)
            .values(root=Substr("org__path", 1, step))
            .annotate(count=Count("pk"))
            .order_by()  # treebeard's own order would split the groups
            .values_list("root", "count")
        )
    )
    return [Branch(org=row, children=offices[row.path], employers=firms[row.path]) for row in rows]


def history(org: Org) -> QuerySet[OrgHistory]:
    """What happened to it, newest first."""
    return (
        OrgHistory.objects.filter(Q(org=org) | Q(other=org))
        .select_related("org", "other", "employer")
        .order_by("-at", "-id")
    )


def find_employers(text: str, *, limit: int = 10) -> list[Employer]:
    """Living firms with every typed part in their name (Han, pinyin or initials); the shortest and nearest first."""
    if len(folded(text)) < 2:
        return []
    matching = RawSQL("words @@ %s::tsquery", [query_of(text)], output_field=BooleanField())
    nearest = Employer.objects.filter(matching, ended_at=None)[:_LOOKED_AT]
    ranked = sorted(
        nearest, key=lambda firm: (not folded(firm.name).startswith(folded(text)), len(firm.name), firm.name)
    )
    return ranked[:limit]
