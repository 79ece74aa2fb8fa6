"""What is attested about people, and the rolls that some of it rests on."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from niangjia.core.accounts.codes import phone_index
from niangjia.core.accounts.models import Person
from niangjia.core.attestations import texts
from niangjia.core.attestations.models import Attestation
from niangjia.core.attestations.services.identity import id_index
from niangjia.core.attestations.services.pledges import signed
from niangjia.core.crypto import blind_index
from niangjia.core.rolls.models import Import, RollEntry, State
from niangjia.demo.city.copying import Row, copy, sealer
from niangjia.demo.city.orgs import Desks, desks
from niangjia.demo.city.plan import City
from niangjia.demo.decisions import DAY
from niangjia.demo.facts import YEAR
from niangjia.kernel.china import name_key
from niangjia.kernel.ids import new_id

_FACT = "id person_id kind method issuer employer_id pledge pledge_hash made_at expires_at fallen_at fall_reason"
_ENTRY = "id employer_id key name_index id_index phone_index joined_on legal_name begun_id"
_NIGHTLY = timedelta(hours=5)  # after its end a pledge falls by a nightly job
_IMPORTED = 40 * DAY  # minutes ago


def attest(city: City) -> None:
    at = desks(city)
    copy(Attestation, _FACT, _attestations(city, at))
    copy(RollEntry, _ENTRY, _entries(city, _imports(city, at)))


def _attestations(city: City, at: list[Desks]) -> Iterator[Row]:
    facts = city.people.facts
    for row in range(len(city.people)):
        desk = at[city.people.employer[row]]
        if facts.real_person[row] == "verified":
            yield _proof(city, row, desk)
        if facts.employer[row] in ("verified", "fallen"):
            yield _employment(city, row, desk)
        if facts.single[row] in ("verified", "fallen"):
            yield _pledge(city, row)


def _proof(city: City, row: int, desk: Desks) -> Row:
    method = city.people.facts.real_person_method[row]
    issuer = "alipay" if method == "face" else desk.district.name
    made = city.ago(city.steps.proven[row])
    return (new_id(), city.person_ids[row], "real_person", method, issuer, None, "", None, made, None, None, "")


def _employment(city: City, row: int, desk: Desks) -> Row:
    """The roll of the employer's union, the firm itself, or the union above. Firms of a joint union do not vouch."""
    facts, employer = city.people.facts, city.people.employer[row]
    method = str(facts.employer_method[row])
    if method == "enterprise" and desk.own.form != "single":
        method = "union"
    issuer = {"roll": desk.own.name, "enterprise": city.employers.name[employer], "union": desk.above.name}[method]
    fallen, why = None, ""
    if facts.employer[row] == "fallen":
        fallen, why = city.ago(city.steps.employed[row] // 2), "left_roll" if method == "roll" else "said_left"
    made = city.ago(city.steps.employed[row])
    who = (new_id(), city.person_ids[row], "employer", method, issuer, city.employer_ids[employer])
    return (*who, "", None, made, None, fallen, why)


def _pledge(city: City, row: int) -> Row:
    people, made = city.people, city.ago(city.steps.pledged[row])
    signer = Person(legal_name=people.legal_name[row], id_number=people.id_number[row])
    end: datetime = made + timedelta(days=YEAR)
    fallen = end + _NIGHTLY if people.facts.single[row] == "fallen" else None
    who = (new_id(), city.person_ids[row], "single", "pledge", "self", None)
    words = (texts.PLEDGE_VERSION, signed(signer, texts.PLEDGE_VERSION, made))
    return (*who, *words, made, end, fallen, "expired" if fallen else "")


def _imports(city: City, at: list[Desks]) -> list[Import]:
    """One roll for each district; returns the one that each employer's members came with."""
    made: dict[str, Import] = {}
    officer = city.person_ids[city.named.staff[2]]
    for turn, desk in enumerate({desk.district.region: desk.district for desk in at}.values()):
        moment = city.ago(_IMPORTED - turn * DAY)
        made[desk.region] = Import(
            org=desk,
            state=State.APPLIED,
            file_name=f"{desk.name.removesuffix('总工会')}会员名册.xlsx",
            by_id=officer,
            made_at=moment,
            touched_at=moment,
            applied_at=moment + timedelta(minutes=9),
        )
    of_employer = [made[desk.district.region] for desk in at]
    for row in _on_roll(city):
        counts = of_employer[city.people.employer[row]].counts
        counts["new"] = counts.get("new", 0) + 1
    Import.objects.bulk_create(made.values())
    named = Import.employers.through
    named.objects.bulk_create(
        [
            named(import_id=roll.pk, employer_id=employer)
            for roll, employer in zip(of_employer, city.employer_ids, strict=True)
        ]
    )
    return of_employer


def _on_roll(city: City) -> list[int]:
    return [row for row, on in enumerate(city.people.facts.on_roll.tolist()) if on]


def _entries(city: City, of_employer: list[Import]) -> Iterator[Row]:
    people, close = city.people, sealer(RollEntry, "legal_name").close
    for row in _on_roll(city):
        pk, name, own = new_id(), people.legal_name[row], id_index(people.id_number[row])
        joined = (city.ago(city.steps.registered[row]) - timedelta(days=200 + row % 900)).date()
        yield (
            pk,
            city.employer_ids[people.employer[row]],
            own,
            blind_index(name_key(name), purpose="name"),
            own,
            phone_index(people.phone[row]),
            joined,
            close(name, pk),
            of_employer[people.employer[row]].pk,
        )
