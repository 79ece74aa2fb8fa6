"""Leaving for good, and taking one's own data along."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.audit import services as audit
from niangjia.core.files import services as files
from niangjia.core.messages import services as messages
from niangjia.engines.matching.selectors import list_of
from niangjia.engines.matching.services import lists
from niangjia.kernel.errors import Invalid
from niangjia.kernel.ids import receipt_number
from niangjia.scenes.dating import places
from niangjia.scenes.dating.events import entering
from niangjia.scenes.dating.models import (
    Block,
    ContactOffer,
    Decision,
    Entrant,
    HeldText,
    Pair,
    Profile,
    ProfilePhoto,
    Report,
    Restriction,
    SeenOfDay,
)
from niangjia.scenes.dating.selectors.pairs import other_of, pairs_of
from niangjia.scenes.dating.selectors.people import own, profile_of
from niangjia.scenes.dating.types import DELETE_WORD, POOL

_OWN_WORDS = (
    "nickname", "about", "wish_text", "trade", "height_cm", "education", "district", "marital", "children", "smoking",
    "drinking", "hobbies", "wish_age_from", "wish_age_to", "wish_height_from", "wish_height_to", "wish_educations",
    "wish_districts", "wish_marital", "visibility", "see_colleagues", "photos_to", "joined_on", "active_week",
)  # fmt: skip

ALSO: list[Callable[[UUID, datetime], None]] = []  # rooms that hold more of a member than hangs on the profile


@dataclass(frozen=True)
class Gone:
    receipt: str
    at: datetime


def leave(*, person_id: UUID, confirm: str, now: datetime) -> Gone:
    """Delete the profile and all that hangs on it, at once and for good."""
    own(person_id)
    if confirm.strip() != DELETE_WORD:
        hint = _("Please write {word}.").format(word=DELETE_WORD)
        raise Invalid(_("This cannot be undone, so please confirm it."), fields={"confirm": hint})
    return erase(person_id, now)


@transaction.atomic
def erase(person_id: UUID, now: datetime) -> Gone:
    """What a case needs (a report, a decision about somebody) stays with the case; a block against them holds on."""
    receipt = receipt_number()
    me = Profile.objects.select_for_update().filter(person_id=person_id).first()
    for forget in ALSO:
        forget(person_id, now)
    if me is not None:
        _part(me, now)
        entering.leave_all(me, now)
        photos = list(ProfilePhoto.objects.filter(profile=me).values_list("photo_id", flat=True))
        Block.objects.filter(blocked=me).update(nickname="")
        lists.forget(pool=POOL, owners=[me.pk])
        me.delete()
        files.delete_photos(owner_id=person_id, ids=photos, purpose="profile")
        files.delete_photos(owner_id=person_id, purpose="chat")
        audit.record(
            action="dating.left", actor_id=person_id, subject_id=person_id, target=("receipt", receipt), now=now
        )
    SeenOfDay.objects.filter(person_id=person_id).update(opened=[])  # how many were seen today counts on
    return Gone(receipt, now)


def _part(me: Profile, now: datetime) -> None:
    """Those I was paired with are told that somebody left, not who; their list shows it."""
    pairs = list(pairs_of(me))
    ContactOffer.objects.filter(pair__in=pairs).delete()
    others = Profile.objects.filter(pk__in=[key for pair in pairs if (key := other_of(me, pair))])
    for person_id in others.order_by("pk").values_list("person_id", flat=True):
        messages.send(person_id=person_id, template="dating_pair_ended", now=now)
    mine = Q(first=me) | Q(second=me)
    Pair.objects.filter(mine, ended_at__isnull=False).delete()
    Pair.objects.filter(mine & (Q(first=None) | Q(second=None))).delete()


def export(person_id: UUID) -> dict[str, Any]:
    """Everything dating holds of this person, and nothing of anybody else: not even the ids of those they chose."""
    told = {
        "reports": [
            {"receipt": report.case.receipt, "reason": report.reason, "details": report.details, "at": report.at}
            for report in Report.objects.filter(case__opened_by_id=person_id).select_related("case").order_by("at")
        ],
        "restrictions": [
            {"receipt": row.receipt, "what": row.what, "reason": row.reason, "from": row.made_at, "until": row.until}
            for row in Restriction.objects.filter(person_id=person_id).order_by("made_at")
        ],
    }
    me = profile_of(person_id)
    return {**_of_profile(me), **told} if me else told


def _of_profile(me: Profile) -> dict[str, Any]:
    words = {name: getattr(me, name) for name in _OWN_WORDS}
    decisions = Decision.objects.filter(chooser=me).order_by("at")
    offers = ContactOffer.objects.filter(owner=me).order_by("offered_at")
    listed = list_of(pool=POOL, owner=me.pk)
    return {
        "profile": {**words, "home_town": places.town_title(me.home_town)},
        "held_texts": [
            {"field": row.field, "text": row.text, "state": row.state, "reason": row.reason, "at": row.at}
            for row in HeldText.objects.filter(profile=me).order_by("at")
        ],
        "photos": ProfilePhoto.objects.filter(profile=me).count(),
        "decisions": list(decisions.values("said", "at")),
        "pairs": [{"since": pair.since} for pair in pairs_of(me).order_by("since")],
        "contacts_offered": [{"kind": row.kind, "value": row.value, "at": row.offered_at} for row in offers],
        "list_for_me": {"at": listed.made_at, "people": len(listed.targets)} if listed else None,
        "events": list(
            Entrant.objects.filter(profile=me)
            .order_by("event__opens_at")
            .values("event__title", "event__opens_at", "number", "left_at")
        ),
        "blocked": list(Block.objects.filter(blocker=me).order_by("at").values("at")),
    }
