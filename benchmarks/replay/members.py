"""The guests of an evening as verified members: what a union's desk would have done before."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from benchmarks.replay.evenings import Guest
from niangjia.core.accounts import services as accounts
from niangjia.core.accounts.models import Person
from niangjia.core.accounts.sessions import SessionStore
from niangjia.core.attestations.models import Attestation
from niangjia.core.attestations.services.standing import attest
from niangjia.core.orgs.models import Employer, Org
from niangjia.demo.numbers import credit_code
from niangjia.kernel import clock
from niangjia.scenes.dating.models import Profile

_owner: dict[str, Person] = {}


def make_members(guests: Iterable[Guest], *, unknown_age: int) -> dict[str, str]:
    """Everybody verified, each at an employer of their own (colleagues would be hidden); their session tokens."""
    union = Org.objects.add_root({"name": "Columbia", "level": "city", "region": "330100"})
    return {guest.number: _member(at, guest, union, unknown_age) for at, guest in enumerate(guests)}


@transaction.atomic
def _member(at: int, guest: Guest, union: Org, unknown_age: int) -> str:
    now = clock.now()
    person = accounts.person_with_phone(phone=f"199{at:08}", now=now)
    person.legal_name, person.sex = f"Guest {guest.number}", guest.sex
    person.birth_date = date(clock.today(now).year - (guest.age or unknown_age), 1, 1)
    person.save()
    uscc = credit_code(kind="91", region="330106", serial=at)
    firm = Employer.objects.create(uscc=uscc, name=f"Firm {at}", district="330106", org=union, created_at=now)
    year = timedelta(days=365)
    for fact in (
        Attestation(kind="real_person", method="document", issuer="desk"),
        Attestation(kind="employer", method="union", issuer="desk", employer=firm),
        Attestation(kind="single", method="pledge", issuer="self", pledge="1", pledge_hash=b"-", expires_at=now + year),
    ):
        fact.person, fact.made_at = person, now
        attest(fact)
    _owner[guest.number] = person
    session: SessionBase = SessionStore()
    accounts._begin(session, person, now=now)
    return session.session_key or ""


def profile_ids(numbers: Collection[str]) -> dict[str, str]:
    owner = {person.pk: number for number, person in _owner.items() if number in numbers}
    return {owner[person]: str(card) for person, card in Profile.objects.values_list("person_id", "pk")}
