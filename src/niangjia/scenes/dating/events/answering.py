"""Answers in the second round. A yes is told to nobody unless the other says yes too."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.messages import services as messages
from niangjia.kernel.errors import Conflict
from niangjia.scenes.dating.events import closing, errors
from niangjia.scenes.dating.models import Event, Proposal
from niangjia.scenes.dating.selectors.people import member


@transaction.atomic
def answer(*, person_id: UUID, proposal_id: UUID, yes: bool, now: datetime) -> bool:
    """Says whether the two are a pair now. An answer can be changed until then."""
    me = member(person_id, now)
    mine = Q(woman__profile=me) | Q(man__profile=me)
    row = Proposal.objects.select_for_update().filter(mine, pk=proposal_id).first()
    if row is None:
        raise errors.missing()
    event = Event.objects.get(pk=row.event_id)
    if event.second_until is None or event.second_until <= now:
        raise Conflict(_("The second round is over."), next_step=_("There will be other events."))
    said, is_woman = "y" if yes else "n", row.woman.profile_id == me.pk
    if is_woman:
        row.woman_says = said
    else:
        row.man_says = said
    row.save(update_fields=["woman_says", "man_says"])
    return _joined(row, event, now) if row.woman_says == row.man_says == "y" else False


def _joined(row: Proposal, event: Event, now: datetime) -> bool:
    first, second = sorted((row.woman.profile_id, row.man.profile_id))
    couples = closing.apart([(first, second)], now)
    closing.join(couples, now)
    people = sorted((row.woman.profile.person_id, row.man.profile.person_id))
    row.delete()
    if couples:
        Event.objects.filter(pk=event.pk).update(pairs=event.pairs + 1)
        words = {"title": event.title}
        messages.send_many(person_ids=people, template="dating_event_pair", params=words, now=now)
    return bool(couples)


def forget_second_rounds(*, now: datetime) -> int:
    """What nobody returned is nobody's business afterwards."""
    return Proposal.objects.filter(event__second_until__lte=now).delete()[0]
