"""Series and festivals."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.access.policies import within
from niangjia.core.orgs.models import Org
from niangjia.kernel.errors import Forbidden, Invalid
from niangjia.scenes.activities.models import Series
from niangjia.scenes.activities.policies import series
from niangjia.scenes.activities.types import RUN


@dataclass(frozen=True)
class Words:
    title: str
    about: str = ""
    is_festival: bool = False
    starts_on: date | None = None
    ends_on: date | None = None


def found(*, actor: Actor, org_id: UUID, words: Words, now: datetime) -> Series:
    org = Org.objects.filter(within(actor, RUN, path="path"), pk=org_id, ended_at=None).first()
    if org is None:
        raise Forbidden(_("You cannot organise for this union."), next_step=_("Choose your own or one below it."))
    _check(words)
    return Series.objects.create(org=org, made_by_id=actor.person_id, made_at=now, **vars(words))


def change(*, actor: Actor, series_id: UUID, words: Words) -> Series:
    row = series.get(actor, "run", pk=series_id)
    _check(words)
    for name, value in vars(words).items():
        setattr(row, name, value)
    row.save(update_fields=list(vars(words)))
    return row


def _check(words: Words) -> None:
    faults: dict[str, object] = {}
    if not 2 <= len(words.title.strip()) <= 60:
        faults["title"] = _("From 2 to 60 characters.")
    if words.starts_on and words.ends_on and words.ends_on < words.starts_on:
        faults["ends_on"] = _("It must end after it begins.")
    if words.is_festival and not (words.starts_on and words.ends_on):
        faults["starts_on"] = _("A festival has a first and a last day.")
    if faults:
        raise Invalid(_("Something is missing or not quite right."), fields=faults)
