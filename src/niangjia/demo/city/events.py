"""Dating events, through the services that staff and members use: one goes on, one is over, some are ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.orgs.models import Org
from niangjia.core.orgs.trades import GIG_TRADES
from niangjia.demo.city.plan import SEED, City, id_of
from niangjia.demo.dice import stream
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating.events import closing, entering, picking, publishing
from niangjia.scenes.dating.events.types import SECOND_LASTS, Plan
from niangjia.scenes.dating.models import Entrant, Event, Profile

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_CITY_OFFICER, _CITY = 2, "330100"


@dataclass
class _Host:
    """Who organises, and the crowd in a fixed order; the two of the demo's story come first."""

    actor: Actor
    org: Org
    crowd: Sequence[Profile]
    claims: int = 0

    def key(self) -> UUID:
        self.claims += 1
        return id_of("event claim", self.claims)


def invite(city: City) -> None:
    """Nothing in a city that is for measuring."""
    if city.large:
        return
    key = city.person_ids[city.named.staff[_CITY_OFFICER]]
    actor = Actor(person_id=key, grants=grants_of(key), second_factor_at=city.now)
    host = _Host(actor, Org.objects.get(form="", region=_CITY), _crowd(city))
    _over(city, host)
    _going_on(city, host)
    _ahead(city, host)


def _crowd(city: City) -> list[Profile]:
    story = [city.profile_ids[row] for row in (city.named.woman, city.named.man)]
    others = Profile.objects.filter(verified_until__gt=city.now, barred_until=None).exclude(visibility="paused")
    rows = {row.pk: row for row in others.select_related("employer").order_by("pk")[:400]}
    rows |= {row.pk: row for row in Profile.objects.filter(pk__in=story).select_related("employer")}
    return [rows[pk] for pk in dict.fromkeys([*story, *rows]) if pk in rows]


def _publish(host: _Host, now: datetime, **words: Any) -> Event:
    made = publishing.draft(actor=host.actor, org_id=host.org.pk, plan=Plan(**words), now=now)
    return publishing.publish(actor=host.actor, event_id=made.pk, now=now)


def _enter(host: _Host, event: Event, people: Sequence[Profile], now: datetime) -> None:
    """Who is busy at that time, or is not meant, stays away."""
    for profile in people:
        try:
            entering.enter(person_id=profile.person_id, event_id=event.pk, key=host.key(), now=now, clock=now)
        except DomainError:
            continue


def _choose(event: Event, now: datetime, *, sure: Sequence[Profile] = ()) -> None:
    """Two or three each; those who are `sure` choose each other."""
    dice = stream(seed=SEED, purpose=f"choices of {event.title}")
    sides: dict[str, list[Entrant]] = {"f": [], "m": []}
    for row in Entrant.objects.filter(event=event).select_related("profile").order_by("number"):
        sides[row.side].append(row)
    for mine, theirs in ((sides["f"], sides["m"]), (sides["m"], sides["f"])):
        for row in mine:
            for at in dice.permutation(len(theirs))[:3].tolist():
                _pick(event, row.profile, theirs[at].profile, now)
    for one, other in zip(sure, reversed(sure), strict=True):
        _pick(event, one, other, now)


def _pick(event: Event, one: Profile, other: Profile, now: datetime) -> None:
    try:
        picking.pick(person_id=one.person_id, event_id=event.pk, profile_id=other.pk, now=now, clock=now)
    except DomainError:
        return


def _over(city: City, host: _Host) -> None:
    closes = city.midnight - 10 * _DAY + 20 * _HOUR
    event = _publish(
        host,
        closes - 6 * _DAY,
        kind="selection",
        title="初秋千人互选",
        about="线上互选，不露面也能开始。选中彼此的两个人，在同一秒知道。",
        opens_at=closes - 2 * _DAY,
        closes_at=closes,
        places=500,
        picks=5,
    )
    _enter(host, event, host.crowd[2:90], closes - 5 * _DAY)
    _choose(event, closes - _DAY)
    closing.close(event_id=event.pk, now=closes)
    over = {"asked": 0, "weight": 0.0, "bound": 0.0}
    Event.objects.filter(pk=event.pk).update(second_until=closes + SECOND_LASTS, second=over)


def _going_on(city: City, host: _Host) -> None:
    event = _publish(
        host,
        city.midnight - 2 * _DAY,
        kind="selection",
        title="杭州秋季千人互选",
        about="秋季相亲嘉年华的重头戏。每人五次机会，慢慢看，悄悄选；选了谁只有自己知道。",
        opens_at=city.midnight - _HOUR,
        closes_at=city.midnight + 3 * _DAY + 20 * _HOUR,
        places=500,
        picks=5,
    )
    _enter(host, event, host.crowd[:150], city.midnight - _DAY)
    _choose(event, city.midnight, sure=())


def _ahead(city: City, host: _Host) -> None:
    saturday = city.midnight + (5 - city.people.today.weekday()) % 7 * _DAY
    saturday += 7 * _DAY if saturday <= city.midnight + 2 * _DAY else timedelta()
    evening = _publish(
        host,
        city.midnight - _DAY,
        kind="evening",
        title="西湖边的八分钟",
        about="围桌聊天，每位八分钟。到了先签到领号码牌；聊完悄悄点“愿意再见”。有茶水点心。",
        place="杭州市工人文化宫三楼",
        opens_at=saturday + 19 * _HOUR,
        closes_at=saturday + 22 * _HOUR,
        places=24,
        rounds=8,
        tables=20,
        minutes=8,
    )
    _enter(host, evening, host.crowd[:34], city.midnight - 20 * _HOUR)
    online = _publish(
        host,
        city.midnight - _DAY,
        kind="online",
        title="午间云相亲",
        about="两个人一间房，五分钟，主持人在线。不录像，随时可以离开。",
        opens_at=city.now - timedelta(minutes=10),
        closes_at=city.now + 4 * _HOUR,
        places=20,
        rounds=6,
        tables=10,
        minutes=5,
    )
    _enter(host, online, host.crowd[:16], city.now)
    riders = _publish(
        host,
        city.midnight - _DAY,
        kind="online",
        title="骑手司机专场云相亲",
        about="跑单间隙也能认识人：晚上九点半开始，每位五分钟。",
        gig_only=True,
        opens_at=saturday + _DAY + timedelta(hours=21, minutes=30),
        closes_at=saturday + _DAY + 23 * _HOUR,
        places=20,
        rounds=6,
        tables=10,
        minutes=5,
    )
    working = [row for row in host.crowd if row.employer and row.employer.industry in GIG_TRADES]
    _enter(host, riders, working[:16], city.midnight - 10 * _HOUR)
