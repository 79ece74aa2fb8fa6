"""Who may see a case, and who may decide it."""

from django.db.models import Q

from niangjia.core.access import Actor
from niangjia.core.access.policies import NONE, Policy, within
from niangjia.engines.workflow.models import Case, Step
from niangjia.engines.workflow.types import PROCESSES


class CasePolicy(Policy[Case]):
    """Holders of a process's permission see its cases from below them, never one about themselves.

    To decide, the case must also lie on a desk at or below theirs, and be neither their own nor an appeal against
    what they had a hand in.
    """

    model = Case

    def rule(self, actor: Actor, action: str) -> Q:
        if action == "see":
            return _reaches(actor, "org__path") & ~Q(about_id=actor.person_id, about__isnull=False)
        if action == "decide":
            mine = Q(opened_by_id=actor.person_id) | Q(about_id=actor.person_id) | Q(not_by_id=actor.person_id)
            before = Q(appeal_of__in=Step.objects.filter(by_id=actor.person_id).values("case"))
            return _reaches(actor, "desk__path") & Q(closed_at=None) & ~mine & ~before
        return NONE


def _reaches(actor: Actor, path: str) -> Q:
    rule = NONE
    for process in PROCESSES.values():
        for permission in process.permissions:
            rule |= Q(kind=process.kind) & within(actor, permission, path=path)
    return rule


cases = CasePolicy()
