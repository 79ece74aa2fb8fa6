"""Who may import rolls: officers, for organisations at and below their own."""

from django.db.models import Q

from niangjia.core.access.policies import NONE, Policy, within
from niangjia.core.access.types import Actor
from niangjia.core.orgs.models import Org
from niangjia.core.rolls.models import Import

PERMISSION = "rolls.import"


class ImportPolicy(Policy[Import]):
    """`see`, `apply`, `undo` and `drop` go together."""

    model = Import

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, PERMISSION) if action in ("see", "apply", "undo", "drop") else NONE


class RollOrgPolicy(Policy[Org]):
    """The organisations an actor may import a roll for."""

    model = Org

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, PERMISSION, path="path") & Q(ended_at=None) if action == "import" else NONE
