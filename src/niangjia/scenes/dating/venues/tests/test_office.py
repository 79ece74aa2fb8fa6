"""What firms sent waits in the union's inbox until somebody has looked."""

from datetime import datetime, timedelta
from typing import Any

from niangjia.core.access import Actor
from niangjia.scenes.dating.venues import office, shows
from niangjia.scenes.dating.venues.types import ShowPlan


def test_a_show_waits_for_the_union_from_its_sending_to_the_decision(
    hr: Actor, actor: Actor, firms: Any, now: datetime
) -> None:
    plan = ShowPlan("茶园开放日", "请大家来采茶炒茶聊聊。", "龙井村茶园", now + timedelta(days=9), nobody_named=True)
    row = shows.write(actor=hr, employer_id=firms["tea"].pk, plan=plan, now=now)
    assert office.waiting(actor, now) == []  # a draft is the firm's own
    shows.send(actor=hr, show_id=row.pk, now=now)
    assert [one.count for one in office.waiting(actor, now)] == [1]
    assert office.waiting(hr, now) == []
    shows.decide(actor=actor, show_id=row.pk, publish=True, reason="", now=now)
    assert office.waiting(actor, now) == []
