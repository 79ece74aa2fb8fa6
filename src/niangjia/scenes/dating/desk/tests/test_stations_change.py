"""A station is corrected, loses people, and closes; whoever asks for help there is not lost with it."""

from collections.abc import Callable
from typing import Any

import pytest

from niangjia.kernel.errors import Conflict, Invalid, NotFound
from niangjia.scenes.dating.desk import changing, housekeeping, keeping, selectors
from niangjia.scenes.dating.desk.models import Brand, Record, Station, StationMember
from niangjia.scenes.dating.desk.tests.conftest import Centre
from niangjia.scenes.dating.desk.types import StationPlan
from niangjia.scenes.dating.models import Profile

pytestmark = pytest.mark.django_db


def test_an_address_is_corrected_by_those_who_lead_it_and_by_nobody_else(centre: Centre) -> None:
    plan = StationPlan("杭州市职工交友中心", "延安路 13 号", "每天 9:00–20:00", "搬到了隔壁。")
    for nobody in (centre.hong, centre.stranger):
        with pytest.raises(NotFound):
            changing.change_station(actor=nobody, station_id=centre.station.pk, plan=plan, now=centre.now)
    changing.change_station(actor=centre.officer, station_id=centre.station.pk, plan=plan, now=centre.now)
    assert Station.objects.get(pk=centre.station.pk).place == "延安路 13 号"
    nameless = StationPlan("")
    with pytest.raises(Invalid):
        changing.change_station(actor=centre.officer, station_id=centre.station.pk, plan=nameless, now=centre.now)


def test_who_left_is_named_nowhere_and_nobody_turns_to_them(centre: Centre, alice: Profile) -> None:
    hers = centre.record(alice)
    keeping.take_care(actor=centre.hong, record_id=hers.pk, now=centre.now)
    member = StationMember.objects.get(station=centre.station)
    brand = housekeeping.write_brand(
        actor=centre.officer, org_id=centre.station.org_id, name="红姐牵线", story="二十年了。", members=[member.pk],
        now=centre.now,
    )  # fmt: skip
    changing.take_off(actor=centre.officer, station_id=centre.station.pk, member_id=member.pk, now=centre.now)
    assert not brand.members.exists()
    assert Record.objects.get(pk=hers.pk).matchmaker_id is None


def test_a_station_closes_when_its_people_have_somewhere_to_go(centre: Centre, alice: Profile) -> None:
    hers = centre.record(alice)
    with pytest.raises(Conflict):  # it has a branch
        _close(centre, centre.station, centre.branch)
    centre.branch.centre = None
    centre.branch.save()
    for nowhere in (None, centre.station):
        with pytest.raises(Invalid):
            _close(centre, centre.station, nowhere)
    _close(centre, centre.station, centre.branch)
    assert Record.objects.get(pk=hers.pk).station_id == centre.branch.pk
    assert [row.pk for row in selectors.open_stations()] == [centre.branch.pk]
    with pytest.raises(NotFound):
        _close(centre, centre.station, centre.branch)


def _close(centre: Centre, row: Station, into: Station | None) -> None:
    changing.close(actor=centre.officer, station_id=row.pk, into_id=into.pk if into else None, now=centre.now)


def test_the_pages_change_a_station_and_a_brand(centre: Centre, api: Callable[..., Any]) -> None:
    officer = api(centre.staff["804"], staff=True).client
    page, key = "/console/dating/centre/station", str(centre.branch.pk)
    new = {"key": key, "do": "change", "name": "西湖分站", "place": "文三路 90 号", "hours": "", "story": ""}
    assert officer.post(page, new).status_code == 302
    assert "文三路 90 号" in officer.get(page, {"key": key}).content.decode()
    assert officer.post(page, {"key": key, "do": "close", "into": ""}).url.startswith("/console/dating/centre?")
    assert officer.get(page, {"key": key}).status_code == 404
    brands, words = "/console/dating/centre/brands", {"name": "红姐牵线", "story": "二十年了。", "do": "write"}
    officer.post(brands, {**words, "org": str(centre.station.org_id)})
    (brand,) = Brand.objects.all()
    officer.post(brands, {**words, "story": "二十一年了。", "key": str(brand.pk)})
    assert [row.story for row in Brand.objects.all()] == ["二十一年了。"]
    wrong = officer.post(brands, {**words, "story": "", "key": str(brand.pk)})
    assert wrong.status_code == 422
