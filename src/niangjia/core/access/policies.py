"""One rule answers both "may X do Y to Z" and "which Z may X do Y to"."""

from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core.access.types import Actor
from niangjia.kernel.errors import NotFound

M = TypeVar("M", bound=Model)

NONE = Q(pk__in=[])
ALL = Q()


class Policy(Generic[M]):
    """A subclass says which rows an actor may do an action to; everything else follows."""

    model: type[M]

    def rule(self, actor: Actor, action: str) -> Q:
        """The rows, as a filter. Deny with NONE. Unknown actions must be denied."""
        raise NotImplementedError

    def which(self, actor: Actor, action: str) -> QuerySet[M]:
        return self.model._default_manager.filter(self.rule(actor, action))

    def may(self, actor: Actor, action: str, row: M) -> bool:
        return self.which(actor, action).filter(pk=row.pk).exists()

    def get(self, actor: Actor, action: str, **key: Any) -> M:
        """The row, or NotFound: a row that is missing and a row that is another's look the same."""
        row = self.which(actor, action).filter(**key).first()
        if row is None:
            raise NotFound(
                _("We could not find that."), next_step=_("It may have been taken back. Please go back and look again.")
            )
        return row


def within(actor: Actor, permission: str, *, path: str = "org__path") -> Q:
    """Rows whose organisation (reached by the lookup `path`) lies where the actor holds `permission`."""
    rule = NONE
    for root in actor.paths(permission):
        rule |= Q(**{f"{path}__startswith": root})
    return rule
