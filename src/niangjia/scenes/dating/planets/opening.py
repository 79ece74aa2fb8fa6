"""Opening planets and their topics: by staff, for everybody of their union and below."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core import rules
from niangjia.core.access import Actor
from niangjia.core.access.policies import within
from niangjia.core.audit import services as audit
from niangjia.core.orgs.models import Org
from niangjia.kernel.errors import Conflict, Forbidden
from niangjia.scenes.dating.planets.models import Planet, Topic
from niangjia.scenes.dating.planets.policies import planets
from niangjia.scenes.dating.planets.types import RUN_PLANETS
from niangjia.scenes.dating.types import CODES


def open_planet(*, actor: Actor, org_id: UUID, hobby: str, title: str, about: str, now: datetime) -> Planet:
    org = Org.objects.filter(within(actor, RUN_PLANETS, path="path"), pk=org_id, ended_at=None).first()
    if org is None:
        raise Forbidden(_("You cannot open one for this union."), next_step=_("Choose your own or one below it."))
    title = " ".join(title.split())
    rules.check(
        title=rules.written(title, 2, 20),
        about=rules.written(about, 0, 200),
        hobby=(not hobby or hobby in CODES["hobbies"], rules.CHOSEN),
    )
    row = Planet(org=org, hobby=hobby, title=title, about=about.strip(), made_at=now)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _record("planet_opened", actor, row, now)
    except IntegrityError as error:
        raise Conflict(_("There is a planet of this name."), next_step=_("Choose another name.")) from error
    return row


@transaction.atomic
def close_planet(*, actor: Actor, planet_id: UUID, now: datetime) -> Planet:
    """What was said stays to be read by those who know the way; nothing new is written."""
    row = planets.get(actor, "run", pk=planet_id)
    Planet.objects.filter(pk=row.pk, closed_at=None).update(closed_at=now)
    _record("planet_changed", actor, row, now)
    return row


@transaction.atomic
def set_topic(*, actor: Actor, planet_id: UUID, title: str, now: datetime) -> Topic:
    row = planets.get(actor, "run", pk=planet_id)
    title = " ".join(title.split())
    rules.check(title=rules.written(title, 2, 30))
    topic, _new = Topic.objects.update_or_create(planet=row, title=title, defaults={"made_at": now, "closed_at": None})
    _record("planet_changed", actor, row, now)
    return topic


@transaction.atomic
def end_topic(*, actor: Actor, topic_id: UUID, now: datetime) -> None:
    """What was said under it stays."""
    topic = Topic.objects.filter(pk=topic_id, planet__in=planets.which(actor, "run")).select_related("planet").first()
    if topic is not None:
        Topic.objects.filter(pk=topic.pk).update(closed_at=now)
        _record("planet_changed", actor, topic.planet, now)


def _record(what: str, actor: Actor, row: Planet, now: datetime) -> None:
    audit.record(
        action=f"dating.{what}", actor_id=actor.person_id, subject_id=None, target=("planet", str(row.pk)), now=now
    )
