"""Words in a profile that lead elsewhere wait until somebody of the union has looked; others read what stood before.

The owner keeps what they wrote, sees that it waits and which words it is about: without them it is there at once.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from niangjia.core.accounts import limits
from niangjia.core.messages import services as messages
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.types import Moved
from niangjia.scenes.dating.models import HeldText, Profile
from niangjia.scenes.dating.services.reports import union_of
from niangjia.scenes.dating.types import LOOK_AT_TEXT

A_DAY = (limits.Limit("dating-held", 12, 86400),)
_BETWEEN = "\n"


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


def words_of(row: HeldText) -> list[str]:
    return list(filter(None, row.words.split(_BETWEEN)))


def decided(moved: Moved) -> None:
    """Shown, or left as it was before; the owner is told, with the reason."""
    row = HeldText.objects.filter(case=moved.case_id).first()
    if row is not None:
        _settle(row, moved)


def appeal_decided(moved: Moved) -> None:
    first = Case.objects.values_list("appeal_of", flat=True).get(pk=moved.case_id)
    row = HeldText.objects.filter(case=first).first()
    if row is not None and moved.transition == "show":
        _settle(row, moved)
    elif moved.about_id:
        _tell(moved, "dating_text_kept")


@transaction.atomic
def _settle(row: HeldText, moved: Moved) -> None:
    """Only what its owner still wants there: they may have written something else while it was looked at."""
    profile = Profile.objects.select_for_update(of=("self",)).get(pk=row.profile_id)
    if moved.transition == "show":
        still = HeldText.objects.filter(pk=row.pk, state__in=HeldText.CURRENT)
        if still.update(state=HeldText.States.SHOWN):
            Profile.objects.filter(pk=profile.pk).update(**{row.field: row.text})
            _tell(moved, "dating_text_shown")
    elif HeldText.objects.filter(pk=row.pk, state=HeldText.States.WAITING).exists():
        row.state, row.reason = HeldText.States.DOWN, moved.reason
        row.save(update_fields=["state", "reason"])
        _tell(moved, "dating_text_down")


def _tell(moved: Moved, template: str) -> None:
    assert moved.about_id is not None  # a text is always somebody's
    messages.send(person_id=moved.about_id, template=template, params={"receipt": moved.receipt}, now=moved.now)
