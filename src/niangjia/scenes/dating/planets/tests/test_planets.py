"""Planets: who reads what, what is held back, what is taken down and why, and meet-ups that the union agrees to."""

import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from PIL import Image

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.files import services as files
from niangjia.core.files.models import Photo
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.kernel.errors import DomainError, Forbidden, NotFound
from niangjia.scenes.dating.models import Profile, SeenOfDay
from niangjia.scenes.dating.planets import opening
from niangjia.scenes.dating.planets.models import Joining, Meetup, MeToo, Planet, Post, Review
from niangjia.scenes.dating.services import blocking, profiles

HOUR = timedelta(hours=1)
CONTACT = "加我微信 wx_alice_88"


@pytest.fixture
def officer(
    make_person: Callable[..., Any], grant: Callable[..., Any], tree: Any, now: datetime
) -> Callable[..., Actor]:
    def make(number: int, org: str = "province") -> Actor:
        person = make_person(number)
        grant(person, "union_officer", tree[org])
        return Actor(person_id=person.pk, grants=grants_of(person.pk), second_factor_at=now)

    return make


@pytest.fixture
def planet(officer: Callable[..., Actor], tree: Any, now: datetime) -> Planet:
    return opening.open_planet(
        actor=officer(801), org_id=tree["province"].pk, hobby="hiking", title="登山星球", about="周末去爬山", now=now
    )


def at_home(app: Any, planet: Planet) -> Any:
    app.post("dating/planets/join", planet=str(planet.pk))
    assert app.status == 200
    return app


def write(app: Any, planet: Planet, text: str = "周末去北高峰吗", **more: Any) -> Any:
    given = {"planet": str(planet.pk), "text": text, "key": str(uuid4()), **more}
    return app.post("dating/planets/write", **given)


def texts(app: Any, planet: Planet) -> list[str]:
    return [row["text"] for row in app.get("dating/planets/posts", planet=str(planet.pk)).get("items", [])]


def everything(app: Any, planet: Planet, post: str | None = None) -> str:
    """All that somebody can read on a planet, as one text."""
    found = [
        app.get("dating/planets"),
        app.get("dating/planets/one", id=str(planet.pk)),
        app.get("dating/planets/posts", planet=str(planet.pk)),
        app.get("dating/planets/mine"),
        app.get("inbox"),
    ]
    if post:
        found.append(app.get("dating/planets/post", id=post))
    return json.dumps(found, ensure_ascii=False)


def test_somebody_writes_under_a_nickname_and_both_sexes_read_it(
    phone: Any, alice: Profile, bob: Profile, single: Any, planet: Planet
) -> None:
    dora = single(5, "f", firm="port", nickname="朵拉")
    post = write(at_home(phone(alice), planet), planet)
    assert (post["state"], post["nickname"], post["mine"]) == ("shown", "小爱", True)
    for reader, opens in ((bob, str(alice.pk)), (dora, None)):
        seen = phone(reader).get("dating/planets/posts", planet=str(planet.pk))["items"][0]
        assert (seen["text"], seen["nickname"], seen["profile"]) == ("周末去北高峰吗", "小爱", opens)
        assert str(alice.person_id) not in json.dumps(seen)


def test_one_lives_there_before_one_writes(phone: Any, alice: Profile, planet: Planet) -> None:
    assert write(phone(alice), planet)["error"]["code"] == "not_joined"
    home = at_home(phone(alice), planet).get("dating/planets")["items"][0]
    assert (home["joined"], home["members"], home["title"]) == (True, "few", "登山星球")


def test_a_stranger_and_the_unverified_read_nothing(
    phone: Any, alice: Profile, charlie: Profile, planet: Planet, api: Any, make_person: Any
) -> None:
    write(at_home(phone(alice), planet), planet)
    Profile.objects.filter(pk=charlie.pk).update(verified_until=None)
    for app, status in ((api(), 401), (api(make_person(66)), 404), (phone(charlie), 403)):
        assert "北高峰" not in everything(app, planet)
        app.get("dating/planets/posts", planet=str(planet.pk))
        assert app.status == status


BLOCKS = {"she blocked him": (0, 1), "he blocked her": (1, 0)}


@pytest.mark.parametrize("way", BLOCKS)
def test_after_a_block_neither_reads_a_trace_of_the_other(
    way: str, phone: Any, alice: Profile, bob: Profile, charlie: Profile, planet: Planet, now: datetime
) -> None:
    two = (alice, bob)
    first, second = at_home(phone(alice), planet), at_home(phone(bob), planet)
    at_home(phone(charlie), planet)
    top = write(first, planet, "爱丽丝的帖子")
    write(second, planet, "阿波的回复", parent=top["id"])
    write(phone(charlie), planet, "查理的回复", parent=top["id"])
    assert "阿波的回复" in everything(first, planet, top["id"])
    assert "爱丽丝的帖子" in everything(second, planet, top["id"])
    blocker, blocked = (two[at] for at in BLOCKS[way])
    blocking.block(person_id=blocker.person_id, profile_id=blocked.pk, now=now)
    seen = everything(first, planet, top["id"])
    assert "阿波" not in seen
    assert '"replies": 1' in seen  # charlie's
    seen = everything(second, planet, top["id"])
    assert "爱丽丝" not in seen
    assert "小爱" not in seen
    second.get("dating/planets/post", id=top["id"])
    assert second.status == 404
    write(second, planet, "还在吗", parent=top["id"])
    assert second.status == 404
    for path in ("me-too", "report", "block"):
        second.post(f"dating/planets/{path}", post=top["id"], on=True, reason="other")
        assert second.status == 404


def test_who_was_blocked_stays_so_after_leaving_and_coming_back(
    phone: Any, alice: Profile, bob: Profile, single: Any, planet: Planet, now: datetime
) -> None:
    mine = write(at_home(phone(alice), planet), planet, "爱丽丝的帖子")
    blocking.block(person_id=alice.person_id, profile_id=bob.pk, now=now)
    dora = single(5, "f", firm="tea")
    app = phone(bob)
    app.post("dating/leave", confirm="删除")
    app.post("dating/profile", nickname="新面孔", hobbies=["hiking"])
    post = write(at_home(app, planet), planet, "换了个名字")
    assert "换了个名字" in everything(phone(dora), planet, post["id"])
    assert "换了个名字" not in everything(phone(alice), planet, post["id"])
    assert "爱丽丝的帖子" not in everything(app, planet, mine["id"])


def test_colleagues_do_not_find_each_other_by_what_they_write(
    phone: Any, bob: Profile, carol: Profile, alice: Profile, planet: Planet
) -> None:
    """Bob and carol work in one firm; alice does not."""
    post = write(at_home(phone(bob), planet), planet, "阿波写的")
    assert "阿波写的" in everything(phone(alice), planet, post["id"])
    assert "阿波" not in everything(phone(carol), planet, post["id"])


def test_who_takes_a_break_is_not_read_and_reads_nothing(
    phone: Any, alice: Profile, bob: Profile, planet: Planet, now: datetime
) -> None:
    write(at_home(phone(alice), planet), planet)
    profiles.pause(person_id=alice.person_id, now=now)
    assert texts(phone(bob), planet) == []
    assert phone(alice).get("dating/planets")["error"]["code"] == "paused"


@pytest.mark.parametrize("text", [CONTACT, "看 www.example.com", "收款码在这里", "打我１３９ 0000 1111"])
def test_words_that_lead_elsewhere_wait_for_somebody_to_look(
    text: str, phone: Any, alice: Profile, bob: Profile, planet: Planet
) -> None:
    app = at_home(phone(alice), planet)
    post = write(app, planet, text)
    assert post["state"] == "held"
    assert texts(app, planet) == [text]  # she is told, nothing is hidden from her in secret
    assert texts(phone(bob), planet) == []
    other = phone(bob)
    other.get("dating/planets/post", id=post["id"])
    assert other.status == 404
    review = Review.objects.get()
    assert (review.why, review.case.about_id, review.case.opened_by_id) == ("held", alice.person_id, None)
    assert review.words


def decide(case: Case, actor: Actor, transition: str, now: datetime) -> Case:
    return workflow.move(case=case, actor=actor, transition=transition, reason="请不要在公开处留联系方式", now=now)


def test_what_is_let_through_is_read_and_its_author_told(
    phone: Any, alice: Profile, bob: Profile, planet: Planet, officer: Any, now: datetime
) -> None:
    write(at_home(phone(alice), planet), planet, CONTACT)
    decide(Review.objects.get().case, officer(802), "show", now)
    assert texts(phone(bob), planet) == [CONTACT]
    assert "dating/planets/mine" in json.dumps(phone(alice).get("inbox"))


def test_what_is_taken_down_has_a_reason_and_an_appeal_to_another(
    phone: Any, alice: Profile, bob: Profile, planet: Planet, officer: Any, now: datetime
) -> None:
    app = at_home(phone(alice), planet)
    write(app, planet, CONTACT)
    first, second = officer(802), officer(803)
    decide(Review.objects.get().case, first, "take_down", now)
    told = app.get("dating/planets/mine")["decided"][0]
    assert (told["outcome"], told["reason"], told["may_appeal"]) == ("take_down", "请不要在公开处留联系方式", True)
    other = phone(bob)
    other.post("dating/planets/appeal", receipt=told["receipt"], text="不是我的")
    assert other.status == 404
    app.post("dating/planets/appeal", receipt=told["receipt"], text="这是花的名字")
    assert app.status == 200
    again = Case.objects.get(appeal_of=Review.objects.get(receipt=told["receipt"]).case)
    with pytest.raises(DomainError):
        decide(again, first, "show", now)
    decide(again, second, "show", now)
    assert texts(phone(bob), planet) == [CONTACT]
    assert app.get("dating/planets/mine")["decided"][0]["may_appeal"] is False


def test_a_report_names_nobody_and_the_same_twice_is_one(
    phone: Any, alice: Profile, bob: Profile, planet: Planet, officer: Any, now: datetime
) -> None:
    app = at_home(phone(alice), planet)
    post = write(app, planet)
    other = phone(bob)
    receipts = {other.post("dating/planets/report", post=post["id"], reason="advertising")["receipt"] for _ in "ab"}
    assert len(receipts) == 1
    assert texts(phone(bob), planet)  # a report alone takes nothing down
    decide(Review.objects.get().case, officer(802), "take_down", now)
    assert texts(other, planet) == []
    told = everything(app, planet) + json.dumps(app.get("me/export"), default=str) + json.dumps(app.get("looks"))
    for trace in (bob.nickname, str(bob.pk), str(bob.person_id)):
        assert trace not in told
    app.post("dating/planets/report", post=post["id"], reason="other")
    assert app.status == 404  # nobody reports themselves


def test_words_without_their_author_say_that_it_is_for_today_only(
    phone: Any, alice: Profile, bob: Profile, planet: Planet, settings: Any
) -> None:
    post = write(at_home(phone(alice), planet), planet)

    def read() -> list[tuple[str, bool]]:
        page = phone(bob).get("dating/planets/posts", planet=str(planet.pk))
        thread = phone(bob).get("dating/planets/post", id=post["id"])
        named = (page["items"][0]["nickname"], thread["post"]["nickname"])
        return list(zip(named, (page["tomorrow"], thread["tomorrow"]), strict=True))

    assert read() == [(alice.nickname, False)] * 2
    SeenOfDay.objects.all().delete()
    settings.DATING_PROFILES_A_DAY = 0
    assert [(name == alice.nickname, tomorrow) for name, tomorrow in read()] == [(False, True)] * 2


def test_author_and_reporter_never_read_the_same_receipt(
    phone: Any, alice: Profile, bob: Profile, planet: Planet, officer: Any, now: datetime
) -> None:
    """Bob reports, the post stays, he appeals and it is taken down; then alice appeals: no number is read by both."""
    app, other = at_home(phone(alice), planet), phone(bob)
    post = write(app, planet)
    his = [other.post("dating/planets/report", post=post["id"], reason="advertising")["receipt"]]
    decide(Review.objects.get().case, officer(802), "show", now)
    his.append(other.post("dating/planets/appeal", receipt=his[0], text="请再看看")["receipt"])
    decide(Case.objects.get(receipt=his[1]), officer(803), "take_down", now)
    hers = [app.get("dating/planets/mine")["decided"][0]["receipt"]]
    assert hers[0] in json.dumps(app.get("inbox"))
    for receipt in his:
        app.post("dating/planets/appeal", receipt=receipt, text="是我的吗")
        assert app.status == 404  # not even whether there is such a number
    other.post("dating/planets/appeal", receipt=hers[0], text="是我的吗")
    assert other.status == 404
    hers.append(app.post("dating/planets/appeal", receipt=hers[0], text="这不是广告")["receipt"])
    told = {name: _all_of(client, planet) for name, client in (("alice", app), ("bob", other))}
    assert his[0] in told["bob"]
    for name, theirs in (("alice", his), ("bob", hers)):
        assert not [receipt for receipt in theirs if receipt in told[name]]


def _all_of(client: Any, planet: Planet) -> str:
    more = [client.get(path) for path in ("me/export", "looks", "inbox")]
    return everything(client, planet) + json.dumps(more, default=str)


def test_two_reviews_of_one_post_cannot_be_open(phone: Any, alice: Profile, planet: Planet) -> None:
    write(at_home(phone(alice), planet), planet, CONTACT)
    row = Review.objects.get()
    case = Case.objects.get(pk=row.case_id)
    case.pk, case.receipt, case._state.adding = uuid4(), "NJ-XXXX-XXXX", True
    case.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(case=case, post_id=row.post_id, why="other")


def test_blocking_from_a_post_reaches_one_of_my_own_sex(
    phone: Any, alice: Profile, single: Any, planet: Planet
) -> None:
    dora = single(5, "f", firm="port", nickname="朵拉")
    post = write(at_home(phone(dora), planet), planet, "朵拉写的")
    app = phone(alice)
    assert texts(app, planet) == ["朵拉写的"]
    app.post("dating/planets/block", post=post["id"])
    assert app.status == 200
    assert texts(app, planet) == []
    assert app.get("dating/blocked")["items"][0]["nickname"] == "朵拉"


def test_a_me_too_is_known_to_the_author_alone(
    phone: Any, alice: Profile, bob: Profile, charlie: Profile, planet: Planet, now: datetime
) -> None:
    post = write(at_home(phone(alice), planet), planet)
    for reader in (bob, charlie):
        for _twice in range(2):
            seen = phone(reader).post("dating/planets/me-too", post=post["id"], on=True)
            assert (seen["marked"], seen["marks"]) == (True, None)
    mine = phone(alice).get("dating/planets/mine")
    assert mine["posts"][0]["marks"] == 2
    assert str(bob.pk) not in json.dumps(mine)
    blocking.block(person_id=bob.person_id, profile_id=alice.pk, now=now)
    assert phone(alice).get("dating/planets/mine")["posts"][0]["marks"] == 1
    phone(charlie).post("dating/planets/me-too", post=post["id"], on=False)
    assert MeToo.objects.count() == 1


def test_sent_twice_it_is_said_once_and_not_without_end(phone: Any, alice: Profile, planet: Planet) -> None:
    app, key = at_home(phone(alice), planet), str(uuid4())
    ids = {write(app, planet, key=key)["id"] for _ in "ab"}
    assert len(ids) == 1
    for _more in range(3):
        write(app, planet)
    write(app, planet)
    assert app.status == 429
    assert Post.objects.count() == 4


def test_my_own_post_goes_with_its_pictures(
    phone: Any, alice: Profile, bob: Profile, planet: Planet, now: datetime
) -> None:
    raw = io.BytesIO()
    Image.new("RGB", (64, 64), "green").save(raw, "JPEG")
    photos = [
        files.store_photo(
            owner_id=person.person_id,
            upload=SimpleUploadedFile("a.jpg", raw.getvalue(), "image/jpeg"),
            purpose="profile",
            now=now,
        )
        for person in (alice, bob)
    ]
    app = at_home(phone(alice), planet)
    assert "photos" in write(app, planet, photos=[str(photos[1].pk)])["error"]["fields"]
    post = write(app, planet, photos=[str(photos[0].pk)])
    assert len(phone(bob).get("dating/planets/post", id=post["id"])["post"]["photos"]) == 1
    other = phone(bob)
    other.post("dating/planets/take-away", post=post["id"])
    assert other.status == 404
    app.post("dating/planets/take-away", post=post["id"])
    assert not Photo.objects.filter(pk=photos[0].pk).exists()
    assert texts(phone(bob), planet) == []


def _picture(code: bool) -> bytes:
    """A photo that somebody takes on the way, with or without a QR code in it."""
    photo, raw = Image.effect_noise((900, 700), 30).convert("RGB"), io.BytesIO()
    if code:
        drawn = io.BytesIO()
        segno.make_qr("https://u.example/abc").save(drawn, kind="png", scale=8, border=4)
        photo.paste(Image.open(drawn).convert("RGB").rotate(4, fillcolor="white"), (200, 150))
    photo.save(raw, "JPEG", quality=85)
    return raw.getvalue()


@pytest.mark.parametrize(("code", "state"), [(True, "held"), (False, "shown")])
def test_a_picture_with_a_code_waits_too(
    code: bool, state: str, phone: Any, alice: Profile, planet: Planet, now: datetime
) -> None:
    upload = SimpleUploadedFile("a.jpg", _picture(code), "image/jpeg")
    photo = files.store_photo(owner_id=alice.person_id, upload=upload, purpose="profile", now=now)
    assert write(at_home(phone(alice), planet), planet, photos=[str(photo.pk)])["state"] == state


def test_what_is_written_lies_sealed(phone: Any, alice: Profile, planet: Planet) -> None:
    write(at_home(phone(alice), planet), planet, CONTACT)
    with connection.cursor() as cursor:
        for table in ("dating_planets_post", "dating_planets_review"):
            cursor.execute(f"SELECT string_agg(t::text, '') FROM {table} t")  # two names above
            assert "wx_alice" not in cursor.fetchone()[0]


def test_as_many_statements_for_three_posts_as_for_one(
    phone: Any, alice: Profile, bob: Profile, planet: Planet
) -> None:
    app, reader = at_home(phone(alice), planet), at_home(phone(bob), planet)
    first = write(app, planet)
    write(app, planet, "回复", parent=first["id"])
    asked: list[Callable[[], Any]] = [
        lambda: reader.get("dating/planets"),
        lambda: reader.get("dating/planets/one", id=str(planet.pk)),
        lambda: reader.get("dating/planets/posts", planet=str(planet.pk)),
        lambda: reader.get("dating/planets/post", id=first["id"]),
    ]
    for act in asked:
        act()
    one = [_statements(act) for act in asked]
    for _more in range(2):
        write(app, planet)
        write(app, planet, "回复", parent=first["id"])
    assert [_statements(act) for act in asked] == one
    assert max(one) <= 10


def _statements(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as caught:
        act()
    return len(caught)


IDEA: dict[str, Any] = {"title": "周六北高峰", "about": "慢慢走，中午下山吃面", "place": "灵隐公交站", "places": 2}


def propose(app: Any, planet: Planet, now: datetime, **words: Any) -> Any:
    begin = now + timedelta(days=3)
    times = {"starts_at": begin.isoformat(), "ends_at": (begin + 3 * HOUR).isoformat()}
    given = {"planet": str(planet.pk), "key": str(uuid4()), **IDEA, **times, **words}
    return app.post("dating/planets/meetups/propose", **given)


def ahead(app: Any, planet: Planet) -> list[Any]:
    return list(app.get("dating/planets/one", id=str(planet.pk))["meetups"])


@pytest.fixture
def agreed(phone: Any, alice: Profile, planet: Planet, officer: Any, now: datetime) -> Meetup:
    propose(at_home(phone(alice), planet), planet, now)
    row = Meetup.objects.get()
    assert row.case
    workflow.move(case=row.case, actor=officer(802), transition="agree", reason="", now=now)
    row.refresh_from_db()
    return row


def test_an_idea_is_seen_by_nobody_before_the_union_agrees(
    phone: Any, alice: Profile, bob: Profile, planet: Planet, now: datetime
) -> None:
    idea = propose(at_home(phone(alice), planet), planet, now)
    assert idea["state"] == "proposed"
    assert ahead(phone(bob), planet) == []
    other = phone(bob)
    other.post("dating/planets/meetups/enter", meetup=idea["id"], key=str(uuid4()))
    assert other.status == 404


def test_agreed_to_it_has_places_and_a_line(
    phone: Any, alice: Profile, bob: Profile, charlie: Profile, single: Any, planet: Planet, agreed: Meetup
) -> None:
    dan = single(9, "m", firm="port")
    seen = ahead(phone(bob), planet)[0]
    assert (seen["title"], seen["free"], seen["host"]) == ("周六北高峰", 2, "")
    key = str(uuid4())
    for person in (bob, bob, charlie):
        app = phone(person)
        given = {"meetup": str(agreed.pk), "key": key if person == bob else str(uuid4())}
        assert app.post("dating/planets/meetups/enter", **given)["state"] == "booked"
    late = phone(dan)
    late.post("dating/planets/meetups/enter", meetup=str(agreed.pk), key=str(uuid4()))
    assert late.status == 409
    assert late.post("dating/planets/meetups/enter", meetup=str(agreed.pk), key=str(uuid4()), wait=True) == {
        "state": "waiting"
    }
    phone(bob).post("dating/planets/meetups/withdraw", meetup=str(agreed.pk))
    assert ahead(late, planet)[0]["place_of_mine"] == "booked"
    assert "周六北高峰" in json.dumps(late.get("inbox"), ensure_ascii=False)


@pytest.mark.parametrize("named", [True, False])
def test_the_host_is_named_only_by_consent_and_not_after_a_block(
    named: bool, phone: Any, alice: Profile, bob: Profile, planet: Planet, agreed: Meetup, now: datetime
) -> None:
    Meetup.objects.update(named=named)
    assert ahead(phone(bob), planet)[0]["host"] == ("小爱" if named else "")
    blocking.block(person_id=alice.person_id, profile_id=bob.pk, now=now)
    assert ahead(phone(bob), planet) == []
    other = phone(bob)
    other.post("dating/planets/meetups/enter", meetup=str(agreed.pk), key=str(uuid4()))
    assert other.status == 404


def test_a_refusal_has_its_reason_and_a_second_look(
    phone: Any, alice: Profile, planet: Planet, officer: Any, now: datetime
) -> None:
    app = at_home(phone(alice), planet)
    propose(app, planet, now)
    case = Meetup.objects.get().case
    assert case
    first, second = officer(802), officer(803)
    workflow.move(case=case, actor=first, transition="refuse", reason="换个白天吧", now=now)
    told = app.get("dating/planets/mine")["decided"][0]
    assert (told["reason"], told["may_appeal"]) == ("换个白天吧", True)
    app.post("dating/planets/appeal", receipt=told["receipt"], text="就是白天")
    again = Case.objects.get(appeal_of=case)
    with pytest.raises(Forbidden):
        workflow.move(case=again, actor=first, transition="agree", reason="", now=now)
    workflow.move(case=again, actor=second, transition="agree", reason="", now=now)
    assert Meetup.objects.get().state == "agreed"


def test_agreed_without_places_is_not_to_be_stored(agreed: Meetup) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Meetup.objects.filter(pk=agreed.pk).update(slot=None)


def test_leaving_takes_everything_along(
    phone: Any, alice: Profile, bob: Profile, planet: Planet, agreed: Meetup, now: datetime
) -> None:
    app = phone(alice)
    post = write(app, planet)
    phone(bob).post("dating/planets/me-too", post=post["id"], on=True)
    app.post("dating/planets/meetups/enter", meetup=str(agreed.pk), key=str(uuid4()))
    exported = app.get("me/export")["scenes"]["dating"]["planets"]
    assert (exported["posts"][0]["text"], exported["meetups"][0]["about"]) == ("周末去北高峰吗", IDEA["about"])
    app.post("dating/leave", confirm="删除")
    assert (Post.objects.count(), Joining.objects.count(), MeToo.objects.count()) == (0, 0, 0)
    left = Meetup.objects.get()
    assert (left.proposer_id, left.about, left.named) == (None, "", False)
    assert ahead(phone(bob), planet)[0]["free"] == 2


def test_staff_of_another_city_run_no_planet_here(officer: Any, planet: Planet, tree: Any, now: datetime) -> None:
    stranger = officer(805, "ningbo")
    with pytest.raises(NotFound):
        opening.set_topic(actor=stranger, planet_id=planet.pk, title="周末", now=now)
    with pytest.raises(Forbidden):
        opening.open_planet(actor=stranger, org_id=tree["hangzhou"].pk, hobby="", title="星球", about="", now=now)


def test_the_page_of_staff_opens_sets_topics_and_cancels(
    api: Any, make_person: Any, grant: Any, tree: Any, phone: Any, alice: Profile, bob: Profile, agreed: Meetup
) -> None:
    person = make_person(820)
    grant(person, "union_officer", tree["province"])
    client = api(person, staff=True).client
    path = "/console/dating/planets"
    made = client.post(path, {"do": "open", "key": str(tree["province"].pk), "title": "读书星球", "hobby": "reading"})
    assert made.status_code == 302
    Planet.objects.get(title="读书星球").delete()
    key = str(agreed.planet_id)
    assert client.post(path, {"do": "topic", "key": key, "title": "周末去哪"}).status_code == 302
    assert "周末去哪" in client.get(path).content.decode()
    phone(bob).post("dating/planets/meetups/enter", meetup=str(agreed.pk), key=str(uuid4()))
    assert client.post(path, {"do": "cancel", "key": str(agreed.pk)}).status_code == 302
    assert ahead(phone(bob), agreed.planet)[0]["state"] == "cancelled"
    assert "周六北高峰" in json.dumps(phone(bob).get("inbox"), ensure_ascii=False)
    assert client.post(path, {"do": "close", "key": key}).status_code == 302
    assert phone(alice).get("dating/planets")["items"] == []
