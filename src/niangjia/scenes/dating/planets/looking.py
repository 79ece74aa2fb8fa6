"""Reading planets as a member: the words are everybody's, those who wrote them count to the day's number of people."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.planets import meetups, selectors
from niangjia.scenes.dating.planets.meetups import Idea
from niangjia.scenes.dating.planets.types import Page, Said
from niangjia.scenes.dating.services.seeing import show


def posts(me: Profile, planet_id: UUID, topic: UUID | None, cursor: str | None, now: datetime) -> Page:
    page = selectors.posts(me, planet_id, topic, cursor, now)
    rows, tomorrow = _named(me, page.rows, now)
    return replace(page, rows=rows, tomorrow=tomorrow)


def thread(me: Profile, post_id: UUID, now: datetime) -> Page:
    """The post first, then what was replied."""
    top, replies = selectors.thread(me, post_id, now)
    rows, tomorrow = _named(me, [top, *replies], now)
    return Page(rows, None, tomorrow)


def post(me: Profile, post_id: UUID, now: datetime) -> Said:
    return _named(me, [selectors.one(me, post_id, now)], now)[0][0]


def ahead(me: Profile, planet_id: UUID, now: datetime) -> list[Idea]:
    found = meetups.ahead(me, planet_id, now)
    hosts = [row.meetup.proposer_id for row in found if row.host and not row.mine and row.meetup.proposer_id]
    refused = show(me, hosts, now, lightly=True).refused if hosts else []
    return [replace(row, host="") if row.meetup.proposer_id in refused else row for row in found]


def _named(me: Profile, rows: Sequence[Said], now: datetime) -> tuple[list[Said], bool]:
    """For whom today has no place, the words stay without the one who wrote them."""
    others = [row.author for row in rows if not row.mine]
    refused = show(me, others, now, lightly=True).refused if others else []
    named = [replace(row, nickname=_("A member"), profile=None) if row.author in refused else row for row in rows]
    return named, bool(refused)
