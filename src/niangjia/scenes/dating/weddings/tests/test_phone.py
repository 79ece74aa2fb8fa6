"""Group weddings on the phone and at the desk."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.core.access import Actor
from niangjia.core.accounts.models import Person
from niangjia.core.audit.selectors import about
from niangjia.core.orgs.models import Org
from niangjia.scenes.dating.weddings import arranging
from niangjia.scenes.dating.weddings.models import Couple, Wedding
from niangjia.scenes.dating.weddings.tests.test_weddings import (  # noqa: F401  # fixtures
    _ready,
    _wedding,
    now,
    officer,
    real,
    wedding,
)

Maker = Callable[..., Person]


def test_two_apply_from_their_phones(
    wedding: Wedding,  # noqa: F811  # a fixture
    real: Maker,  # noqa: F811  # a fixture
    api: Callable[..., Any],
) -> None:
    alice, bob, charlie = real(1, "王小爱"), real(2, "李阿波"), real(3, "张查理")
    hers, his, third = api(alice), api(bob), api(charlie)
    mine = hers.post("dating/weddings/apply", wedding=str(wedding.pk), partner_phone=bob.phone)
    assert mine["state"] == "asked"
    assert third.get("dating/weddings")["asked"] == []
    assert "wedding" in {line["code"] for line in his.get("home")["waiting"]}
    (asked,) = his.get("dating/weddings")["asked"]
    assert "王" not in str(asked)
    third.post("dating/weddings/join", couple=asked["id"], yes=True)
    assert third.status == 404
    his.post("dating/weddings/join", couple=asked["id"], yes=True)
    assert hers.get("dating/weddings")["items"][0]["mine"]["state"] == "joined"
    assert "wedding" not in {line["code"] for line in his.get("home")["waiting"]}


def test_the_list_is_public_and_holds_only_what_was_agreed_to(
    wedding: Wedding,  # noqa: F811  # a fixture
    real: Maker,  # noqa: F811  # a fixture
    officer: Actor,  # noqa: F811  # a fixture
    api: Callable[..., Any],
    now: datetime,  # noqa: F811  # a fixture
) -> None:
    alice, bob = real(1, "王小爱"), real(2, "李阿波")
    couple = _ready(officer, wedding, alice, bob, now)
    arranging.confirm(actor=officer, couple_id=couple.pk, now=now)
    arranging.publish_list(actor=officer, wedding_id=wedding.pk, now=now)
    assert api().get("dating/weddings/list", wedding=wedding.pk)["couples"] == []
    api(alice).post("dating/weddings/show", couple=str(couple.pk), how="full")
    api(bob).post("dating/weddings/show", couple=str(couple.pk), how="none")
    assert api().get("dating/weddings/list", wedding=wedding.pk)["couples"] == [["王小爱", ""]]


def test_the_page_asks_as_many_questions_for_three_weddings_as_for_one(
    real: Maker,  # noqa: F811  # a fixture
    officer: Actor,  # noqa: F811  # a fixture
    tree: dict[str, Org],
    api: Callable[..., Any],
    now: datetime,  # noqa: F811  # a fixture
) -> None:
    phone = api(real(1, "王小爱"))

    def asked() -> int:
        phone.get("dating/weddings")
        with CaptureQueriesContext(connection) as queries:
            phone.get("dating/weddings")
        return len(queries)

    _wedding(officer, tree["hangzhou"], now)
    first = asked()
    for _ in range(2):
        _wedding(officer, tree["hangzhou"], now)
    assert asked() == first


def looks_at(person: Person) -> list[Any]:
    return [event.actor_id for event in about(person.pk) if event.action == "dating.wedding_names_seen"]


def test_the_desk_sees_and_confirms(
    wedding: Wedding,  # noqa: F811  # a fixture
    real: Maker,  # noqa: F811  # a fixture
    officer: Actor,  # noqa: F811  # a fixture
    api: Callable[..., Any],
    now: datetime,  # noqa: F811  # a fixture
) -> None:
    alice, bob = real(1, "王小爱"), real(2, "李阿波")
    couple = _ready(officer, wedding, alice, bob, now)
    assert officer.person_id is not None
    desk = api(Person.objects.get(pk=officer.person_id), staff=True).client
    page = desk.get(f"/console/dating/weddings/one?key={wedding.pk}").content.decode()
    assert "王小爱" not in page
    assert looks_at(alice) == []
    named = desk.post("/console/dating/weddings/one", {"key": wedding.pk, "do": "names"}).content.decode()
    assert "王小爱" in named
    assert looks_at(alice) == looks_at(bob) == [officer.person_id]  # and each of the two can read who looked
    done = desk.post("/console/dating/weddings/one", {"key": wedding.pk, "couple": couple.pk, "do": "confirm"})
    assert done.status_code == 302
    assert Couple.objects.get().confirmed_at is not None
    assert desk.get("/console/dating/weddings/write").status_code == 200
