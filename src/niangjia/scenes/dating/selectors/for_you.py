"""The list that was made for me, and behind it the newest. Every page asks anew who may be seen."""

from datetime import datetime

from niangjia.engines.matching.models import RankedList
from niangjia.scenes.dating import cursors
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.policies import conditions
from niangjia.scenes.dating.selectors.people import NOT_PASSED, Page, browse, read
from niangjia.scenes.dating.types import PAGE, Filters

_KIND = "for_you"
_IN_LIST = """
  FROM unnest(%(listed)s::uuid[]) WITH ORDINALITY AS listed (id, place) JOIN dating_profile p ON p.id = listed.id
 WHERE {rule} AND {passed} AND {where} AND listed.place > %(after)s
 ORDER BY listed.place LIMIT %(size)s
""".replace("{passed}", NOT_PASSED)


def browse_for_you(me: Profile, filters: Filters, listed: RankedList, cursor: str | None, now: datetime) -> Page:
    """A page of the list; where it ends, the page is filled with the newest, and goes on with them."""
    if cursors.read("joined_on", cursor):
        return _newest(me, filters, listed, cursor, now, size=PAGE)
    where, params = conditions(filters, now)
    if filters.hobbies:
        where, params = where + " AND p.hobbies && %(hobbies)s::varchar[]", {**params, "hobbies": list(filters.hobbies)}
    after = _after(listed, cursor)
    found = read(
        me, "meet", now, where=where, tail=_IN_LIST, more=", listed.place", listed=listed.targets, after=after,
        size=PAGE, **params,
    )  # fmt: skip
    if len(found) >= PAGE:
        return Page(found[:PAGE], cursors.write(_KIND, listed.made_at, *found[PAGE - 1].place), for_you=True)
    rest = _newest(me, filters, listed, None, now, size=PAGE - len(found))
    return Page(found + rest.rows, rest.next, for_you=True)


def _after(listed: RankedList, cursor: str | None) -> int:
    """The place the last page ended at; the start, when there is another list since."""
    read_to = cursors.read(_KIND, cursor)
    return int(read_to[1]) if read_to and read_to[0] == listed.made_at.isoformat() else 0


def _newest(me: Profile, filters: Filters, listed: RankedList, cursor: str | None, now: datetime, *, size: int) -> Page:
    page = browse(me, filters, cursor, now, without=listed.targets, size=size)
    return Page(page.rows, page.next, for_you=True)
