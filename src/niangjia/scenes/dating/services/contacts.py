"""Ways to be reached, offered within a pair and opened when both did."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.audit import services as audit
from niangjia.core.messages import services as messages
from niangjia.kernel.china import parse_phone
from niangjia.kernel.errors import Conflict, Invalid
from niangjia.scenes.dating.models import ContactOffer, Profile
from niangjia.scenes.dating.selectors.pairs import Met, pair_of, views
from niangjia.scenes.dating.selectors.people import member
from niangjia.scenes.dating.types import Seen

_WECHAT = re.compile(r"[A-Za-z][A-Za-z0-9_-]{5,19}|1[3-9]\d{9}")
_OTHER_LENGTH = 80


@transaction.atomic
def offer(*, person_id: UUID, pair_id: UUID, kind: str, value: str, now: datetime) -> tuple[Profile, Met]:
    """Offer a contact, or another one instead. The second offer of a pair opens both."""
    me = member(person_id, now)
    pair = pair_of(me, pair_id)
    text = _checked(kind, value)
    before = views(me, [pair], now)[0]
    if before.other is None:
        raise Conflict(
            _("They cannot be reached at present."), next_step=_("You can offer a contact when they are back.")
        )
    row = before.mine or ContactOffer(pair=pair, owner=me)
    row.kind, row.value, row.offered_at = kind, text, now
    row.save()
    after = views(me, [pair], now)[0]
    if after.open and not before.open:
        _opened(me, before.other, now)
    return me, after


@transaction.atomic
def withdraw(*, person_id: UUID, pair_id: UUID, now: datetime) -> tuple[Profile, Met]:
    """Take my contact back; theirs closes with it."""
    me = member(person_id, now)
    pair = pair_of(me, pair_id)
    ContactOffer.objects.filter(pair=pair, owner=me).delete()
    return me, views(me, [pair], now)[0]


def _opened(me: Profile, other: Seen, now: datetime) -> None:
    """Each of the two may now look at the other's contact: noted for its owner, who also knows by whom."""
    for viewer, owner in ((me.person_id, other.person_id), (other.person_id, me.person_id)):
        audit.record(action="dating.contact_opened", actor_id=viewer, subject_id=owner, now=now)
    for person_id in sorted((me.person_id, other.person_id)):
        messages.send(person_id=person_id, template="dating_contacts_open", now=now)


def _checked(kind: str, value: str) -> str:
    text = value.strip()
    try:
        if kind == "phone":
            return parse_phone(text)
        if kind == "wechat" and not _WECHAT.fullmatch(text):
            raise ValueError("not a WeChat name")
        if not 2 <= len(text) <= _OTHER_LENGTH:
            raise ValueError("too short or too long")
    except ValueError as error:
        hint = _("Please check this.")
        raise Invalid(_("This contact does not look right."), fields={"value": hint}) from error
    return text
