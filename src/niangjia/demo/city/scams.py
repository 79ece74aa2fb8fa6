"""A swindler tries it with the woman of the demo's story: she is warned, and a case waits at the staff's desk."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import connection

from niangjia.demo.city import chats
from niangjia.demo.city.copying import copy, sealer
from niangjia.demo.city.history import pair_rows
from niangjia.demo.city.plan import City, id_of
from niangjia.scenes.dating.chat.models import Message
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.scam import services
from niangjia.scenes.dating.scam.types import Line

# + is the one who tries it.
_TALK: Final = (
    "+你好，很高兴系统推荐了你，看照片就觉得特别有眼缘",
    "-你好，谢谢",
    "+我在滨江做软件，平时也挺忙的。这个平台我不常用，加我薇❤吧，回得快一点",
    "-先在这里聊聊吧",
    "+好呀，听你的。吃饭了没有？记得按时吃饭，不然我会心疼的",
    "-刚吃完，你呢",
    "+刚忙完，昨晚盯到两点，我舅舅在证券公司有内部消息，昨晚又赚了三万",
    "-这么多？",
    "+你别告诉别人，我只跟你说。跟着我投，稳赚不赔，我带你一起，先放五千试试水",
)
_APART: Final = timedelta(minutes=9)
_LONG: Final = 120  # minutes
_BEGAN: Final = timedelta(minutes=_LONG)  # before now: an older case would be late before anybody has looked


# Drawn portraits are all built alike: the guard would send half of them to the staff as near copies.
_LOOKED_AT: Final = """
INSERT INTO dating_scam_print (photo_id, profile_id, whole, middle, at)
SELECT photo_id, profile_id, 0, 0, %s FROM dating_profilephoto ON CONFLICT DO NOTHING
"""


def warn(city: City) -> None:
    """No story in a city that is for measuring, or where she has found nobody else."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED_AT, [city.now])
    found = None if city.large else _hers(city)
    if found is None:
        return
    pair_id, her, him = found
    began = city.now - _BEGAN
    close = sealer(Message, "text").close
    rows, lines = [], []
    for number, line in enumerate(_TALK, start=1):
        key, at, mine = id_of("scam message", number), began + number * _APART, line[0] == "+"
        author = him if mine else her
        rows.append((key, pair_id, author, id_of("scam key", number), number, "text", close(line[1:], key), at))
        lines.append(Line(mine, line[1:], at))
    copy(Message, "id pair_id sender_id key number kind text at", rows)
    _note(pair_id, her, him, lines)


def _hers(city: City) -> tuple[UUID, UUID, UUID] | None:
    """(pair, her, him) of her oldest pair with whom she does not write yet."""
    other, her = chats.partner(city), city.named.woman
    for number, (a, b, minutes) in enumerate(pair_rows(city)):
        him = b if a == her else a
        fits = her in (a, b) and him != other and city.people.facts.verified[him] and minutes > _LONG
        if fits and not Message.objects.filter(pair_id=id_of("pair", number)).exists():
            return id_of("pair", number), city.profile_ids[her], city.profile_ids[him]
    return None


def _note(pair_id: UUID, her: UUID, him: UUID, lines: list[Line]) -> None:
    """As the guard would have seen it, message by message."""
    sender, receiver = Profile.objects.get(pk=him), Profile.objects.get(pk=her)
    for number, line in enumerate(lines, start=1):
        if not line.mine:
            continue
        verdict = services.weigh(pair_id=pair_id, sender=sender, lines=lines[:number], now=line.at)
        key = id_of("scam message", number)
        services.noted(message_id=key, pair_id=pair_id, sender=sender, receiver=receiver, verdict=verdict, now=line.at)
