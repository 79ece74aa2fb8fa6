"""What some pairs wrote to each other. The woman of the demo's story has one conversation that goes on."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from niangjia.demo.city.copying import Row, copy, sealer
from niangjia.demo.city.history import pair_rows
from niangjia.demo.city.plan import City, id_of
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.chat.models import Message, Reader

_MOST = 60  # pairs that have written
_APART = timedelta(minutes=7)
_UNREAD: Final = 2  # of her conversation

# Each line begins with who writes: + is the one of the smaller row.
_TALKS: Final = (
    (
        "+你好呀，看到你也喜欢爬山",
        "-你好！对，周末基本都在山上",
        "+哈哈，我最近常走十里琅珰，你呢？",
        "-我走北高峰多一点，下来正好吃碗片儿川",
        "+那家我也知道，虾爆鳝面也好吃",
        "-内行。你上班远吗？",
        "+骑车二十分钟，就当锻炼了",
        "-真好，我要坐四站地铁",
        "+这个周六你有空吗？天气好像不错",
        "-有的，工会那个徒步活动你报名了吗？",
        "+报了！第二组",
        "-那太巧了，我也是第二组",
    ),
    (
        "+你好，很高兴认识你",
        "-你好，我也是第一次在这里聊天，有点紧张",
        "+不急，慢慢聊。你平时喜欢做什么？",
        "-看书，做饭。最近在学包粽子",
        "+厉害，我只会吃",
    ),
    ("+你家猫叫什么名字？", "-年年，三岁了，胖得很", "+我家那只叫豆包", "-哈哈，改天让它们也认识一下"),
    ("+下班了吗？", "-刚到家，今天夜班调休", "+那早点休息，周末再聊", "-好，你也是"),
)


def write(city: City) -> None:
    """Nothing in a city that is for measuring."""
    if city.large:
        return
    copy(Message, "id pair_id sender_id key number kind text at", _messages(city))
    copy(Reader, "id pair_id profile_id number", _readers(city))


def partner(city: City) -> int | None:
    """Row of the one with whom the woman of the story writes."""
    found = _hers(city)
    return found[1] if found else None


def _hers(city: City) -> tuple[int, int] | None:
    """(number of the pair, row of the other) of her youngest pair with somebody who is there."""
    facts, her = city.people.facts, city.named.woman
    fitting = [
        (minutes, number, b if a == her else a)
        for number, (a, b, minutes) in enumerate(pair_rows(city))
        if her in (a, b)
    ]
    there = [row for row in fitting if facts.verified[row[2]] and not facts.paused[row[2]] and row[0] > _shortest()]
    return (min(there)[1], min(there)[2]) if there else None


def _shortest() -> int:
    """Minutes that the longest talk needs."""
    return len(_TALKS[0]) * int(_APART.total_seconds() // 60)


def _chosen(city: City) -> Iterator[tuple[int, int, int, int, tuple[str, ...]]]:
    """(number, row, row, minutes ago, lines) of the pairs that have written."""
    hers, begun = _hers(city), 0
    for number, (a, b, minutes) in enumerate(pair_rows(city)):
        if hers and number == hers[0]:
            yield number, a, b, minutes, _TALKS[0]
        elif number % 3 == 0 and minutes > _shortest() and begun < _MOST:
            begun += 1
            yield number, a, b, minutes, _TALKS[begun % len(_TALKS)]


def _messages(city: City) -> Iterator[Row]:
    close = sealer(Message, "text").close
    for number, a, b, minutes, lines in _chosen(city):
        since = city.ago(minutes)
        for at, line in enumerate(lines, start=1):
            pk, sender = new_id(), city.profile_ids[a if line[0] == "+" else b]
            yield pk, id_of("pair", number), sender, new_id(), at, "text", close(line[1:], pk), since + at * _APART


def _readers(city: City) -> Iterator[Row]:
    hers = _hers(city)
    for number, a, b, _minutes, lines in _chosen(city):
        for row in (a, b):
            waiting = _UNREAD if hers and number == hers[0] and row == city.named.woman else 0
            yield new_id(), id_of("pair", number), city.profile_ids[row], len(lines) - waiting
