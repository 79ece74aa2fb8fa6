"""Who may see and decide what at the desks. Nobody decides about themselves.

An enterprise never learns why it is asked.
"""

from django.db.models import Q

from niangjia.core.access.policies import NONE, Policy, within
from niangjia.core.access.types import Actor
from niangjia.core.attestations.desk_roles import CONFIRM, VERIFY
from niangjia.core.attestations.models import Attestation, Request


class RequestPolicy(Policy[Request]):
    """A union officer has the union's desk of their subtree, an enterprise the questions put to it."""

    model = Request

    def rule(self, actor: Actor, action: str) -> Q:
        if action not in ("see", "decide"):
            return NONE
        at_union = within(actor, VERIFY) & Q(desk="union")
        at_enterprise = within(actor, CONFIRM) & Q(desk="enterprise", kind="employer")
        return (at_union | at_enterprise) & ~Q(person_id=actor.person_id)


class AttestationPolicy(Policy[Attestation]):
    """Facts that were vouched for in one's own subtree."""

    model = Attestation

    def rule(self, actor: Actor, action: str) -> Q:
        others = ~Q(person_id=actor.person_id)
        employment = Q(kind="employer")
        if action == "end_employment":
            own = within(actor, CONFIRM, path="employer__org__path") & Q(employer__org__form="single")
            return own & employment & others
        if action == "take_back":
            at_work = within(actor, VERIFY, path="employer__org__path") & employment
            at_desk = Q(kind="real_person") & Q(person__in=_decided_at_desk(actor))
            return (at_work | at_desk) & others
        return NONE


def _decided_at_desk(actor: Actor) -> object:
    """People whose identity was looked at at a desk within the actor's reach."""
    return Request.objects.filter(within(actor, VERIFY), kind="real_person", state="accepted").values("person_id")
