"""People, and what they agreed to."""

import hashlib
from collections.abc import Iterator

from django.utils import translation

from niangjia.core.accounts.codes import phone_index
from niangjia.core.accounts.models import Person
from niangjia.core.attestations.services.identity import id_index
from niangjia.core.consent import purposes
from niangjia.core.consent.models import ConsentRecord
from niangjia.core.consent.types import PURPOSES
from niangjia.demo.city.copying import Row, copy, sealer
from niangjia.demo.city.plan import SEED, City
from niangjia.demo.dice import chance, stream

_PERSON = "id phone phone_index legal_name id_number id_index birth_date sex language large_type is_staff created_at"
_CONSENT = "person_id purpose version text_hash given at"


def register(city: City) -> None:
    copy(Person, _PERSON, _people(city))
    copy(ConsentRecord, _CONSENT, _consents(city))


def _people(city: City) -> Iterator[Row]:
    """Name, number, birth and sex are known of the verified only."""
    people, steps, staff = city.people, city.steps, set(city.named.staff)
    phone, name, number = (sealer(Person, field).close for field in ("phone", "legal_name", "id_number"))
    for row, pk in enumerate(city.person_ids):
        known: Row = (b"", b"", None, None, "")
        if people.facts.real_person[row] == "verified":
            own = people.id_number[row]
            sealed = name(people.legal_name[row], pk), number(own, pk)
            known = (*sealed, id_index(own), people.birth_date[row], people.sex[row])
        yield (
            pk,
            phone(people.phone[row], pk),
            phone_index(people.phone[row]),
            *known,
            people.language[row],
            bool(people.large_type[row]),
            row in staff,
            city.ago(steps.registered[row]),
        )


def _consents(city: City) -> Iterator[Row]:
    """To everything that was used, before it was used; to text messages and personal order by many."""
    facts, steps = city.people.facts, city.steps
    words = {code: _words(code) for code in PURPOSES}
    rng = stream(seed=SEED, purpose="consents")
    sms, order = chance(rng, 62, len(city.people)), chance(rng, 74, len(city.people))
    for row, pk in enumerate(city.person_ids):
        paper = facts.real_person_method[row] == "document"
        given = (
            (purposes.SMS, sms[row], steps.registered[row]),
            (purposes.DOCUMENT if paper else purposes.FACE, facts.real_person[row] != "none", steps.proven[row]),
            (purposes.EMPLOYER, facts.employer[row] != "none", steps.employed[row]),
            (purposes.MARITAL, facts.single[row] != "none", steps.pledged[row]),
            (purposes.PROFILE, facts.has_profile[row], steps.pledged[row]),
            (purposes.PERSONAL_ORDER, facts.has_profile[row] and order[row], steps.pledged[row]),
        )
        for code, wanted, minutes in given:
            if wanted:
                yield (pk, code, *words[code], True, city.ago(minutes + 1))


def _words(purpose: str) -> tuple[str, bytes]:
    """Version and hash of what was agreed to, as `core.consent` keeps them."""
    asked = PURPOSES[purpose]
    with translation.override("zh-hans"):
        return asked.version, hashlib.sha256(str(asked.text).encode()).digest()
