"""The phone's endpoints and the desk of the staff: who may see what, and how many questions they ask the database.

Bob wrote the story to Alice; Charlie is an outsider. Dora of his union decides, Erin looks again.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.messages.models import Note
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.kernel.errors import Forbidden
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.scam import services
from niangjia.scenes.dating.scam.models import Alarm, File
from niangjia.scenes.dating.scam.tests.conftest import STORY
from niangjia.scenes.dating.scam.types import POLICE, SCAM, SCAM_APPEAL

pytestmark = pytest.mark.django_db
DESK = "/console/dating/scam"
Send = Callable[..., Any]


@pytest.fixture
def staff(make_person: Any, grant: Any, tree: Any, api: Any) -> Callable[[int, str], Any]:
    """The browser of an officer of one union, with its person."""

    def sit(number: int, org: str, role: str = "union_officer") -> Any:
        person = make_person(number)
        grant(person, role, tree[org])
        app = api(person, staff=True)
        app.person = person
        return app

    return sit


@pytest.fixture
def erin(make_person: Any, grant: Any, tree: Any, now: datetime) -> Actor:
    """The second officer of the same union."""
    person = make_person(41)
    grant(person, "union_officer", tree["yinzhou"])
    return Actor(person_id=person.pk, grants=grants_of(person.pk), second_factor_at=now)


@pytest.fixture
def paused(alice: Profile, bob: Profile, pair: Pair, pair_with: Any, send: Send) -> File:
    send(bob, alice, pair)
    for number in (11, 12):
        send(bob, *pair_with(number))
    return File.objects.get()


def _asked(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


def _page(app: Any) -> str:
    response = app.client.get(DESK)
    assert response.status_code == 200
    return str(response.content.decode())


def test_nothing_is_told_to_whoever_has_not_signed_in(api: Any) -> None:
    stranger = api()
    stranger.get("dating/scam")
    assert stranger.status == 401
    for path, body in (("said", {"message": str(new_id()), "said": "fine"}), ("appeal", {"receipt": "x", "text": "x"})):
        stranger.post(f"dating/scam/{path}", **body)
        assert stranger.status in (401, 403)


def test_my_pause_is_mine_alone_with_reason_remedy_and_the_number_of_the_police(
    phone: Any, alice: Profile, bob: Profile, charlie: Profile, paused: File
) -> None:
    held = phone(bob).get("dating/scam")
    assert held["police"] == POLICE
    assert all(held["pause"][name] for name in ("receipt", "reason", "remedy", "until"))
    for other in (alice, charlie):
        assert phone(other).get("dating/scam") == {"police": POLICE, "pause": None}


def test_the_accused_never_learns_who_was_warned_or_worried(
    phone: Any, alice: Profile, bob: Profile, paused: File
) -> None:
    alarm = Alarm.objects.get(receiver=alice)
    phone(alice).post("dating/scam/said", message=str(alarm.message), said="afraid")
    app = phone(bob)
    answers = [app.get(path) for path in ("dating/scam", "inbox", "dating/restrictions", "me/export")]
    text = json.dumps([str(one) if not isinstance(one, dict) else one for one in answers], ensure_ascii=False)
    notes = "".join(f"{row.template}{row.params}" for row in Note.objects.filter(person_id=bob.person_id))
    for secret in (str(alice.pk), str(alice.person_id), alice.nickname, "afraid", str(alarm.pk)):
        assert secret not in text + notes


def test_only_the_receiver_says_what_they_make_of_a_warning(
    phone: Any, alice: Profile, bob: Profile, charlie: Profile, pair: Pair, send: Send, now: datetime
) -> None:
    sent = send(bob, alice, pair)
    services.opened(receiver=alice, message_id=sent, now=now)
    key = str(sent)
    for other in (bob, charlie):
        app = phone(other)
        app.post("dating/scam/said", message=key, said="fine")
        assert app.status == 404
    missing = phone(charlie)
    missing.post("dating/scam/said", message=str(new_id()), said="fine")
    assert missing.status == 404
    assert Alarm.objects.get().said == ""
    mine = phone(alice)
    for said in ("afraid", "fine"):
        mine.post("dating/scam/said", message=key, said=said)
        assert (mine.status, Alarm.objects.get().said) == (200, said)
    mine.post("dating/scam/said", message=key, said="guilty")
    assert mine.status == 422


def test_an_objection_reaches_the_case_and_a_foreign_receipt_looks_like_none(
    phone: Any, alice: Profile, bob: Profile, paused: File
) -> None:
    app, receipt = phone(bob), phone(bob).get("dating/scam")["pause"]["receipt"]
    other = phone(alice)
    for wrong in (receipt, "NJ-0000-0000"):
        other.post("dating/scam/appeal", receipt=wrong, text="冤枉")
        assert other.status == 404
    heard = app.post("dating/scam/appeal", receipt=f" {receipt} ", text="我在讲反诈课")
    assert (app.status, heard["receipt"]) == (200, receipt)
    paused.refresh_from_db()
    assert paused.objection == "我在讲反诈课"
    app.post("dating/scam/appeal", receipt=receipt, text="   ")
    assert app.status == 422


def test_an_appeal_after_the_decision_is_decided_by_another_person(
    phone: Any, bob: Profile, paused: File, dora: Actor, erin: Actor, now: datetime
) -> None:
    until = (now + timedelta(days=7)).date().isoformat()
    workflow.move(
        case=paused.case, actor=dora, transition="cool", reason="同样的话发给三人", details={"until": until}, now=now
    )
    app = phone(bob)
    receipt = app.get("dating/scam")["pause"]["receipt"]
    app.post("dating/scam/appeal", receipt=receipt, text="不是我发的")
    assert app.status == 200
    second = Case.objects.get(kind=SCAM_APPEAL)
    with pytest.raises(Forbidden):
        workflow.move(case=second, actor=dora, transition="keep", reason="x", now=now)
    second.refresh_from_db()
    assert second.closed_at is None
    workflow.move(case=second, actor=erin, transition="lift", reason="手机被偷", now=now)
    assert app.get("dating/scam")["pause"] is None


def test_a_page_asks_as_often_for_three_warnings_as_for_one(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, pair_with: Any, send: Send, staff: Any
) -> None:
    officer = staff(50, "yinzhou")
    send(bob, alice, pair)
    _page(officer)  # the session is touched once
    mine = phone(bob)
    one = _asked(lambda: _page(officer)), _asked(lambda: mine.get("dating/scam"))
    for number in (11, 12):
        other, second = pair_with(number)
        send(bob, other, second)
        send(other, bob, second)
    assert Case.objects.filter(kind=SCAM).count() == 3
    assert (_asked(lambda: _page(officer)), _asked(lambda: mine.get("dating/scam"))) == one


def test_the_desk_shows_cases_from_below_and_no_names_or_words(
    alice: Profile, bob: Profile, pair: Pair, send: Send, staff: Any
) -> None:
    send(bob, alice, pair)
    case = Case.objects.get(kind=SCAM)
    page = _page(staff(50, "yinzhou"))
    assert case.receipt in page
    for secret in (alice.nickname, bob.nickname, str(alice.pk), str(alice.person_id), "稳赚", str(pair.pk)):
        assert secret not in page
    assert case.receipt not in _page(staff(51, "xihu"))


def test_the_figures_of_the_desk_are_of_its_own_cases(
    phone: Any, alice: Profile, bob: Profile, paused: File, staff: Any, now: datetime
) -> None:
    key = Alarm.objects.get(receiver=alice).message
    services.opened(receiver=alice, message_id=key, now=now)
    phone(alice).post("dating/scam/said", message=str(key), said="afraid")
    mine, theirs = staff(50, "yinzhou"), staff(51, "xihu")
    figures = dict(mine.client.get(DESK).context["figures"])
    assert sorted(figures.values()) == [0, 1, 1, 3, 3]  # fine, afraid, pauses, warnings, all of them about money
    assert set(dict(theirs.client.get(DESK).context["figures"]).values()) == {0}


def test_the_desk_is_closed_to_members_and_to_staff_without_that_right(
    phone: Any, api: Any, make_person: Any, bob: Profile, alice: Profile, pair: Pair, send: Send
) -> None:
    send(bob, alice, pair)
    for app in (phone(alice), phone(bob), api(), api(make_person(60), staff=True)):
        assert app.client.get(DESK).status_code in (302, 403, 404)


def test_the_case_page_names_neither_the_receiver_nor_the_conversation(
    alice: Profile, bob: Profile, pair: Pair, send: Send, staff: Any
) -> None:
    send(bob, alice, pair, "我小时候住在鼓楼边上的桂花巷", *STORY)
    case, officer, other = Case.objects.get(kind=SCAM), staff(50, "yinzhou"), staff(51, "xihu")
    page = officer.client.post("/console/case", {"key": case.pk}).content.decode()
    assert "稳赚" in page
    for secret in ("桂花巷", alice.nickname, str(alice.pk), str(alice.person_id), str(pair.pk)):
        assert secret not in page
    assert other.client.post("/console/case", {"key": case.pk}).status_code in (302, 404)


def test_a_warning_reaches_its_receiver_through_the_conversation(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, told: Any
) -> None:
    """From the sender's question to the warning on the other phone, by the doors the app uses."""
    app, key = phone(bob), str(new_id())
    text = "我舅舅有内部消息，昨晚又赚了三万，别告诉别人，加我薇❤，跟着我投，稳赚不赔，先放五千试试水"
    asked = app.post("dating/chat/send", pair=str(pair.pk), key=key, text=text)
    assert (app.status, asked["error"]["code"]) == (409, "are_you_sure")
    assert not Alarm.objects.exists()
    app.post("dating/chat/send", pair=str(pair.pk), key=key, text=text, sure=True)
    assert Alarm.objects.get().receiver == alice
    assert services.warnings_for(bob, [Alarm.objects.get().message]) == {}
