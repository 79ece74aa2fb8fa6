"""Words of a member that lead elsewhere wait until somebody of the union has looked; others read what stood before.

The owner keeps what they wrote, sees that it waits and which words it is about: without them it is there at once.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts import limits
from niangjia.core.messages import services as messages
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.selectors import first_of
from niangjia.engines.workflow.types import Moved
from niangjia.scenes.dating.models import HeldText, Profile
from niangjia.scenes.dating.services.reports import union_of
from niangjia.scenes.dating.types import LOOK_AT_TEXT

A_DAY = (limits.Limit("dating-held", 12, 86400),)
_BETWEEN = "\n"


@dataclass(frozen=True)
class Home:
    """Where words would stand: what others read there now, how they get there, which notices tell of it."""

    title: object
    read: Callable[[Profile], str]
    write: Callable[[Profile, str], None]
    notices: str = "dating_text"


def _write(field: str, profile: Profile, text: str) -> None:
    Profile.objects.filter(pk=profile.pk).update(**{field: text})


# By the field of `HeldText`. Rooms of dating add their own.
HOMES: Final[dict[str, Home]] = {
    field: Home(title, attrgetter(field), partial(_write, field))
    for field, title in (
        ("nickname", _("The name shown")),
        ("about", _("About me")),
        ("wish_text", _("Whom I hope to meet")),
        ("trade", _("Work")),
    )
}


def written(profile: Profile, texts: Mapping[str, str], marked: Mapping[str, Sequence[str]], now: datetime) -> None:
    """These texts were written just now, the `marked` ones with words to look at. The caller holds the profile's row.

    What waited in the same place is replaced; the same words again change nothing.
    """
    there = {row.field: row for row in HeldText.objects.filter(profile=profile, state__in=HeldText.CURRENT)}
    for field, text in texts.items():
        before = there.get(field)
        if before and field in marked and before.text == text:
            continue
        if before:
            HeldText.objects.filter(pk=before.pk).update(state=HeldText.States.REPLACED)
        if field in marked:
            _hold(profile, field, text, marked[field], now)


def _hold(profile: Profile, field: str, text: str, words: Sequence[str], now: datetime) -> None:
    limits.take(A_DAY, who=str(profile.person_id), now=now)
    case = workflow.open_case(
        kind=LOOK_AT_TEXT, org=union_of(profile), about_id=profile.person_id, opened_by_id=None, summary="", now=now
    )
    row = HeldText(case=case, profile=profile, field=field, at=now)
    row.text, row.words = text, _BETWEEN.join(words)
    row.save(force_insert=True)


def forget(profile: Profile, fields: Collection[str]) -> None:
    """Their owner wants nothing there any more: a late decision changes nothing."""
    waiting = HeldText.objects.filter(profile=profile, field__in=fields, state__in=HeldText.CURRENT)
    waiting.update(state=HeldText.States.REPLACED)


def words_of(row: HeldText) -> list[str]:
    return list(filter(None, row.words.split(_BETWEEN)))


def decided(moved: Moved) -> None:
    """Shown, or left as it was before; the owner is told, with the reason."""
    row = HeldText.objects.filter(case=moved.case_id).first()
    if row is not None:
        _settle(row, moved)


def appeal_decided(moved: Moved) -> None:
    row = HeldText.objects.filter(case=first_of(moved.case_id)).first()
    if row is not None and moved.transition == "show":
        _settle(row, moved)
    elif row is not None:
        _tell(row, moved, "kept")


@transaction.atomic
def _settle(row: HeldText, moved: Moved) -> None:
    """Only what its owner still wants there: they may have written something else while it was looked at."""
    profile = Profile.objects.select_for_update(of=("self",)).get(pk=row.profile_id)
    if moved.transition == "show":
        still = HeldText.objects.filter(pk=row.pk, state__in=HeldText.CURRENT)
        if still.update(state=HeldText.States.SHOWN):
            HOMES[row.field].write(profile, row.text)
            _tell(row, moved, "shown")
    elif HeldText.objects.filter(pk=row.pk, state=HeldText.States.WAITING).exists():
        row.state, row.reason = HeldText.States.DOWN, moved.reason
        row.save(update_fields=["state", "reason"])
        _tell(row, moved, "down")


def _tell(row: HeldText, moved: Moved, what: str) -> None:
    assert moved.about_id is not None  # a text is always somebody's
    template = f"{HOMES[row.field].notices}_{what}"
    messages.send(person_id=moved.about_id, template=template, params={"receipt": moved.receipt}, now=moved.now)
