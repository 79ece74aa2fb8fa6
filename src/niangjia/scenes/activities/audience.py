"""Who may come, as a small typed rule: read to people in words, and asked of the database as a query.

Text of SQL and not Q objects, because every registration asks it: one statement tells all that somebody lacks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.core.orgs.models import Org
from niangjia.core.orgs.trades import GIG_TRADES
from niangjia.kernel import clock
from niangjia.kernel.errors import Forbidden, Invalid

FactCode = Literal["real_person", "employer", "single"]
FACT_WORDS: Final = {
    "real_person": gettext_lazy("verified as a real person"),
    "employer": gettext_lazy("with a verified employer"),
    "single": gettext_lazy("who pledged to be single"),
}
SMALLEST: Final = 10  # fewer people than this are nobody's business
ADULTS: Final = (14, 100)

_EMPLOYED = """
EXISTS (SELECT FROM attestations_attestation a JOIN orgs_employer e ON e.id = a.employer_id
        JOIN orgs_org o ON o.id = e.org_id
        WHERE a.person_id = p.id AND a.kind = 'employer' AND a.fallen_at IS NULL AND {also})
"""
_STANDS = """
EXISTS (SELECT FROM attestations_attestation a WHERE a.person_id = p.id AND a.kind = '{kind}'
        AND a.fallen_at IS NULL AND (a.expires_at IS NULL OR a.expires_at > %(now)s))
"""
_ON_A_ROLL = """
EXISTS (SELECT FROM rolls_rollentry r WHERE r.ended_id IS NULL
        AND (r.id_index = p.id_index OR (r.id_index IS NULL AND r.phone_index = p.phone_index)))
"""


@dataclass(frozen=True)
class Audience:
    """Everything that is given must hold; nothing given means: whoever is signed in. Trades are any of those named."""

    orgs: tuple[UUID, ...] = ()
    trades: tuple[str, ...] = ()
    gig: bool = False
    age_from: int | None = None
    age_to: int | None = None
    facts: tuple[FactCode, ...] = ()
    members: bool = False

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "Audience":
        """From the JSON in which an activity keeps it."""
        return cls(
            orgs=tuple(UUID(key) for key in kept.get("orgs", ())),
            trades=tuple(kept.get("trades", ())),
            gig=bool(kept.get("gig")),
            age_from=kept.get("age_from"),
            age_to=kept.get("age_to"),
            facts=tuple(kept.get("facts", ())),
            members=bool(kept.get("members")),
        )

    def keep(self) -> dict[str, Any]:
        """As JSON, without what is not asked."""
        given = {name: value for name, value in asdict(self).items() if value not in ((), False, None)}
        return {name: [str(key) for key in value] if name == "orgs" else value for name, value in given.items()}


ANYBODY: Final = Audience()


@dataclass(frozen=True)
class Condition:
    """One thing asked: in SQL (the person is `p`), in words, and what somebody does who lacks it."""

    code: str
    sql: str
    words: str
    lacking: str
    params: dict[str, Any] = field(default_factory=dict)


def checked(audience: Audience) -> Audience:
    """Refuse what cannot be meant."""
    low, high = audience.age_from, audience.age_to
    least, most = ADULTS
    if any(age is not None and not least <= age <= most for age in (low, high)):
        raise Invalid(_("Please check the ages."), fields={"age_from": _("From 14 to 100.")})
    if low is not None and high is not None and low > high:
        raise Invalid(_("The first number must be the smaller one."), fields={"age_from": _("Please check this.")})
    if Org.objects.filter(pk__in=audience.orgs).count() != len(set(audience.orgs)):
        raise Invalid(_("Please choose organisations from the list."), fields={"orgs": _("Please check this.")})
    return audience


def conditions(audience: Audience, now: datetime) -> list[Condition]:
    """What is asked, in the order in which people read it."""
    found = [*_of_places(audience), *_of_trades(audience), *_of_ages(audience, clock.today(now))]
    found += [
        Condition(kind, _STANDS.format(kind=kind), str(FACT_WORDS[kind]), _("Complete this verification first."))
        for kind in audience.facts
    ]
    if audience.members:
        lacking = _("Ask your union to put you on its roll, or join one.")
        found.append(Condition("members", _ON_A_ROLL, _("members of the union"), lacking))
    return found


def _of_places(audience: Audience) -> Iterable[Condition]:
    if audience.orgs:
        places = dict(Org.objects.filter(pk__in=audience.orgs).order_by("path").values_list("path", "name"))
        roots = {f"path{at}": f"{path}%" for at, path in enumerate(places)}
        under = " OR ".join(f"o.path LIKE %({name})s" for name in roots) or "false"
        words = _("people of {places}").format(places="、".join(places.values()))
        lacking = _("If you work there, verify your employer first.")
        yield Condition("orgs", _EMPLOYED.format(also=f"({under})"), words, lacking, roots)


def _of_trades(audience: Audience) -> Iterable[Condition]:
    lacking = _("If this is your trade, verify your employer first.")
    sql = _EMPLOYED.format(also="e.industry = ANY (%({name})s)")
    if audience.gig:
        words = _("couriers, riders, drivers and other gig workers")
        yield Condition("gig", sql.format(name="gig"), words, lacking, {"gig": list(GIG_TRADES)})
    if audience.trades:
        words = _("people in {trades}").format(trades="、".join(audience.trades))
        yield Condition("trades", sql.format(name="trades"), words, lacking, {"trades": list(audience.trades)})


def _of_ages(audience: Audience, today: date) -> Iterable[Condition]:
    lacking = _("We know an age from the real-person check only.")
    if audience.age_from is not None:
        born = {"young": clock.years_before(today, audience.age_from)}
        words = _("from {age} years on").format(age=audience.age_from)
        yield Condition("age_from", "p.birth_date <= %(young)s", words, lacking, born)
    if audience.age_to is not None:
        born = {"old": clock.years_before(today, audience.age_to + 1)}
        words = _("up to {age} years").format(age=audience.age_to)
        yield Condition("age_to", "p.birth_date > %(old)s", words, lacking, born)


def in_words(audience: Audience, now: datetime) -> str:
    asked = [condition.words for condition in conditions(audience, now)]
    return _(", ").join(asked) if asked else _("Everybody is welcome.")


def lacking(audience: Audience, *, person_id: UUID, now: datetime) -> list[Condition]:
    """What somebody lacks, by one statement; by none when nothing is asked."""
    asked = conditions(audience, now)
    if not asked:
        return []
    columns = ", ".join(f"coalesce({condition.sql}, false)" for condition in asked)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM accounts_person p WHERE p.id = %(me)s",  # noqa: S608  # only our own text
            {"me": person_id, **_params(asked, now)},
        )
        row = cursor.fetchone() or [False] * len(asked)
    return [condition for condition, holds in zip(asked, row, strict=True) if not holds]


def require(audience: Audience, *, person_id: UUID, now: datetime) -> None:
    """Raise Forbidden with what is asked for and how to get there."""
    missing = lacking(audience, person_id=person_id, now=now)
    if missing:
        raise Forbidden(
            _("This activity is for {words}.").format(words=_(", ").join(condition.words for condition in missing)),
            code="not_entitled",
            next_step=missing[0].lacking,
            fields={condition.code: condition.words for condition in missing},
        )


def count(audience: Audience, now: datetime) -> int:
    """How many people qualify now."""
    asked = conditions(audience, now)
    where = " AND ".join(["p.closed_at IS NULL", *(condition.sql for condition in asked)])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM accounts_person p WHERE {where}", _params(asked, now))  # noqa: S608  # same
        return int(cursor.fetchone()[0])


def rounded(people: int) -> int | None:
    """As a form may show it while somebody tries rules: in tens, and not at all below ten. Nobody is found by it."""
    return None if people < SMALLEST else people // 10 * 10


def _params(asked: Sequence[Condition], now: datetime) -> dict[str, Any]:
    return {"now": now} | {name: value for condition in asked for name, value in condition.params.items()}
