"""Being single is pledged: words, name and date are signed, for a year."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts.models import Person
from niangjia.core.attestations import selectors, texts
from niangjia.core.attestations.models import Attestation
from niangjia.core.attestations.services.standing import attest, fall, locked, of_person
from niangjia.core.attestations.types import FactRow
from niangjia.core.consent import purposes
from niangjia.core.consent import services as consent
from niangjia.core.crypto import blind_index
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict


def sign_pledge(*, person: Person, version: str, now: datetime) -> FactRow:
    """Sign the words now in force; what was signed can be proved by its hash."""
    consent.require(person_id=person.pk, purpose=purposes.MARITAL)
    if version != texts.PLEDGE_VERSION:
        raise Conflict(
            _("The words of the pledge have changed."), code="new_words", next_step=_("Please read them once more.")
        )
    if not selectors.holds(person_id=person.pk, kind="real_person", now=now):
        raise Conflict(
            _("A pledge needs a name."), code="real_person_first", next_step=_("Please verify first that you are you.")
        )
    with transaction.atomic():
        signer = locked(person.pk)
        attest(
            Attestation(
                person=signer,
                kind="single",
                method="pledge",
                issuer="self",
                pledge=version,
                pledge_hash=signed(signer, version, now),
                made_at=now,
                expires_at=_a_year_after(now),
            )
        )
    return selectors.fact_of(person.pk, "single", now)


def signed(person: Person, version: str, now: datetime) -> bytes:
    """Over the Chinese words, the name, number and day; keyed, since a plain hash could be guessed."""
    with translation.override("zh-hans"):
        parts = [version, str(texts.PLEDGE), person.legal_name, person.id_number, clock.today(now).isoformat()]
    return blind_index("\n".join(parts), purpose="pledge")


def _a_year_after(now: datetime) -> datetime:
    try:
        return now.replace(year=now.year + 1)
    except ValueError:  # 29 February
        return now.replace(year=now.year + 1, day=28)


def fall_expired(*, now: datetime) -> int:
    return fall(which=Attestation.objects.filter(expires_at__lte=now), reason="expired", now=now)


def declare_no_longer_single(*, person: Person, now: datetime) -> FactRow:
    """Good news. The pledge falls at once, and nobody is asked why."""
    fall(which=of_person(person.pk, "single"), reason="no_longer_single", now=now)
    return selectors.fact_of(person.pk, "single", now)
