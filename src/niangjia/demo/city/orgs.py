"""The tree of unions and the employers on it."""

from collections import defaultdict
from dataclasses import dataclass
from importlib.resources import files
from uuid import UUID

from niangjia.core.orgs.models import Employer, Form, Level, Org, OrgHistory, What
from niangjia.core.orgs.services import load_divisions
from niangjia.demo.city.plan import City, id_of
from niangjia.demo.trades import INDUSTRIES

FOUNDED = 900 * 24 * 60  # minutes ago: before anybody registered
_BATCH = 500


def plant(city: City) -> None:
    """Zhejiang with its cities and counties, Hangzhou with its towns, and the unions of the employers."""
    divisions = files("niangjia.core.orgs").joinpath("data/divisions.csv").read_text(encoding="utf-8")
    load_divisions(divisions.splitlines(), only="33", now=city.ago(FOUNDED))
    offices = {org.region: org for org in Org.objects.filter(form="")}
    unions = _unions(city, offices)
    _firms(city, unions, _single_unions(city, offices))


def _unions(city: City, offices: dict[str, Org]) -> list[Org]:
    """Joint unions below their town, industry unions below the city."""
    made = [
        (Org(id=id_of("union", at), name=union.name, level=Level.ENTERPRISE, form=union.form, region=""), parent)
        for at, union in enumerate(city.employers.unions)
        for parent in [offices[union.town or union.district]]
    ]
    return _hang(city, made)


def _single_unions(city: City, offices: dict[str, Org]) -> dict[int, Org]:
    rows = [row for row, form in enumerate(city.employers.form) if form == Form.SINGLE]
    made = [
        (
            Org(
                id=id_of("firm union", row),
                name=f"{city.employers.name[row]}工会",
                level=Level.ENTERPRISE,
                form=Form.SINGLE,
                region="",
            ),
            offices[city.employers.town[row]],
        )
        for row in rows
    ]
    return dict(zip(rows, _hang(city, made), strict=True))


def _hang(city: City, made: list[tuple[Org, Org]]) -> list[Org]:
    """Give each its place below its parent, and write them all at once."""
    taken: dict[UUID, int] = defaultdict(int)
    parents = {parent.pk: parent for _, parent in made}
    for org, parent in made:
        taken[parent.pk] += 1
        org.depth = parent.depth + 1
        org.path = Org._get_path(parent.path, org.depth, parent.numchild + taken[parent.pk])
    for parent in parents.values():
        parent.numchild += taken[parent.pk]
    Org.objects.bulk_create([org for org, _ in made], batch_size=_BATCH)
    Org.objects.bulk_update(parents.values(), ["numchild"], batch_size=_BATCH)
    at = city.ago(FOUNDED)
    OrgHistory.objects.bulk_create(
        [OrgHistory(org=org, what=What.CREATED, after=org.name, other=parent, at=at) for org, parent in made],
        batch_size=_BATCH,
    )
    return [org for org, _ in made]


def _firms(city: City, unions: list[Org], single: dict[int, Org]) -> None:
    firms = city.employers
    Employer.objects.bulk_create(
        [
            Employer(
                id=city.employer_ids[row],
                uscc=firms.uscc[row],
                name=name,
                industry=INDUSTRIES[firms.industry[row]].title,
                district=firms.district[row],
                org=single[row] if row in single else unions[firms.union[row]],
                created_at=city.ago(FOUNDED),
            )
            for row, name in enumerate(firms.name)
        ],
        batch_size=_BATCH,
    )


@dataclass(frozen=True)
class Desks:
    """Who speaks for the workers of an employer: its own union, and the general unions above and of the district."""

    own: Org
    above: Org
    district: Org


def desks(city: City) -> list[Desks]:
    """Row by row of `city.employers`."""
    firms = Employer.objects.select_related("org").in_bulk(city.employer_ids)
    offices = {org.region: org for org in Org.objects.filter(form="")}
    by_path = {org.path: org for org in offices.values()}
    rows = [(firms[pk].org, offices[code]) for pk, code in zip(city.employer_ids, city.employers.district, strict=True)]
    return [Desks(own, by_path[own.path[: -Org.steplen]], district) for own, district in rows]
