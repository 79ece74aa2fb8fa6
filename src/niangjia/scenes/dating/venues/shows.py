"""A firm writes its show, sends it to the union, and the union publishes it or says what is missing."""

from datetime import datetime
from itertools import chain
from urllib.parse import urlsplit
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core import rules
from niangjia.core.access import Actor
from niangjia.core.audit import services as audit
from niangjia.core.messages import services as messages
from niangjia.kernel.errors import Conflict, Invalid
from niangjia.scenes.dating import guard
from niangjia.scenes.dating.venues.models import Show, ShowState
from niangjia.scenes.dating.venues.policies import firms, shows
from niangjia.scenes.dating.venues.types import ShowPlan

_WORDS = ("title", "text", "place")
_WRITABLE = (ShowState.DRAFT, ShowState.RETURNED, ShowState.WITHDRAWN)


@transaction.atomic
def write(*, actor: Actor, employer_id: UUID, plan: ShowPlan, now: datetime) -> Show:
    employer = firms.get(actor, "write", pk=employer_id)
    _check(plan, now)
    row = Show.objects.create(employer=employer, made_by_id=actor.person_id, **plan.__dict__)
    _record("show_written", actor, row, now)
    return row


@transaction.atomic
def change(*, actor: Actor, show_id: UUID, plan: ShowPlan, now: datetime) -> Show:
    """While it is a draft or was returned; a published one is withdrawn first."""
    row = _writable(actor, show_id)
    _check(plan, now)
    for name, value in plan.__dict__.items():
        setattr(row, name, value)
    row.state = ShowState.DRAFT
    row.save()
    _record("show_written", actor, row, now)
    return row


def _check(plan: ShowPlan, now: datetime) -> None:
    reachable = not plan.link or plan.link.startswith("/dating/") or urlsplit(plan.link).scheme == "https"
    rules.check(
        title=rules.written(plan.title, 2, 60),
        text=rules.written(plan.text, 10, 2000),
        place=rules.written(plan.place, 2, 120),
        day=(plan.day > now, rules.AHEAD),
        link=(reachable, _("An address that begins with https://")),
    )


def marked(row: Show) -> list[str]:
    """Ways to be reached, links, words about money: the firm and the union read them, before anybody else reads any."""
    return list(dict.fromkeys(chain.from_iterable(guard.found({n: getattr(row, n) for n in _WORDS}).values())))


@transaction.atomic
def send(*, actor: Actor, show_id: UUID, now: datetime) -> Show:
    """To the union. The firm stands up for it that nobody is named or seen who did not agree."""
    row = _writable(actor, show_id)
    if not row.nobody_named:
        raise Invalid(
            _("Please confirm that nobody is named or seen who did not agree."),
            fields={"nobody_named": _("Look at the text and at every picture.")},
        )
    row.state, row.decided_by, row.decided_at, row.reason = ShowState.SENT, None, None, ""
    row.made_by_id = actor.person_id  # who sends it cannot decide about it
    row.save()
    _record("show_sent", actor, row, now)
    return row


@transaction.atomic
def decide(*, actor: Actor, show_id: UUID, publish: bool, reason: str, now: datetime) -> Show:
    """By somebody else than the writer, whatever roles one has."""
    row = Show.objects.select_for_update().get(pk=shows.get(actor, "decide", pk=show_id).pk)
    if row.state not in (ShowState.SENT, ShowState.PUBLISHED) or (publish and row.state == ShowState.PUBLISHED):
        raise Conflict(_("This was decided already."), next_step=_("Have a look at its page."))
    if not publish and len(reason.strip()) < 4:
        raise Invalid(_("Please say why."), fields={"reason": _("The firm reads it.")})
    row.state = ShowState.PUBLISHED if publish else ShowState.RETURNED
    row.decided_by_id, row.decided_at, row.reason = actor.person_id, now, "" if publish else reason.strip()[:200]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict(_("You wrote this yourself."), next_step=_("Somebody else of the union decides.")) from error
    if row.made_by_id:
        words = {"title": row.title}
        messages.send(person_id=row.made_by_id, template="dating_show_decided", params=words, now=now)
    _record("show_decided", actor, row, now)
    return row


@transaction.atomic
def withdraw(*, actor: Actor, show_id: UUID, now: datetime) -> Show:
    """By the firm, at any time: gone from the phones at once."""
    row = Show.objects.select_for_update().get(pk=shows.get(actor, "write", pk=show_id).pk)
    row.state = ShowState.WITHDRAWN
    row.save(update_fields=["state"])
    _record("show_withdrawn", actor, row, now)
    return row


def _writable(actor: Actor, show_id: UUID) -> Show:
    row = Show.objects.select_for_update().get(pk=shows.get(actor, "write", pk=show_id).pk)
    require_writable(row)
    return row


def require_writable(row: Show) -> None:
    """What the union has, or has looked at, is not changed under its hands."""
    if row.state not in _WRITABLE:
        raise Conflict(_("It is with the union or published."), next_step=_("Withdraw it first."))


def _record(what: str, actor: Actor, row: Show, now: datetime) -> None:
    audit.record(
        action=f"dating.{what}", actor_id=actor.person_id, subject_id=None, target=("show", str(row.pk)), now=now
    )
