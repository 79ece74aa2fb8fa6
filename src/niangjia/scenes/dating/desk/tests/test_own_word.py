"""Nothing that others wrote down about somebody is used before their own word; and nobody learns of a no."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from niangjia.core.access import Actor
from niangjia.core.audit.words import WORDS
from niangjia.core.consent import selectors as consent
from niangjia.core.consent import services as consents
from niangjia.core.messages.models import Note as Message
from niangjia.kernel.errors import NotFound
from niangjia.scenes.dating.desk import candidates, keeping, registering, selectors
from niangjia.scenes.dating.desk.models import Asking, Introduction, Record
from niangjia.scenes.dating.desk.tests.conftest import Centre
from niangjia.scenes.dating.desk.types import FROZEN_FOR, PURPOSE, WAITS_FOR, Asked
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.services import leaving
from niangjia.scenes.dating.types import DELETE_WORD

SECRET = "儿子怕生，三十二岁，想找爱笑的姑娘"


def _register(centre: Centre, who: Profile, *, source: str = "parent") -> Asking:
    asked = Asked(phone=who.person.phone, name="阿波他妈的儿子", wishes=SECRET)
    return registering.register(
        actor=centre.officer, station_id=centre.station.pk, source=source, asked=asked, now=centre.now
    )


def _listed(actor: Actor, centre: Centre) -> str:
    """All that staff can read of those who wait."""
    rows = selectors.unconfirmed(actor, centre.now)
    return json.dumps([[row.receipt, row.source, str(row.expires_at), row.station.name] for row in rows])


def test_what_waits_is_used_nowhere(centre: Centre, alice: Profile, bob: Profile) -> None:
    asking = _register(centre, bob)
    hers = centre.record(alice)
    assert Record.objects.filter(person=bob.person).count() == 0
    assert selectors.people(centre.hong) == [selectors.named([hers])[hers.pk]]
    assert candidates.candidates(actor=centre.hong, record=hers, now=centre.now) == []
    assert set(selectors.export(bob.person_id)) == {"waiting_for_my_word"}  # what is held of him is his
    assert SECRET not in str(selectors.export(alice.person_id))
    assert SECRET not in _listed(centre.officer, centre)
    assert bob.person.phone not in _listed(centre.officer, centre)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name || wishes || phone FROM dating_desk_asking WHERE id = %s", [asking.pk])
        assert "儿子".encode() not in bytes(cursor.fetchone()[0])


def test_one_tap_makes_the_record(centre: Centre, bob: Profile) -> None:
    asking = _register(centre, bob)
    (waits,) = registering.waiting_for(bob.person, centre.now)
    assert waits.wishes == SECRET
    registering.answer(person_id=bob.person_id, asking_id=asking.pk, yes=True, wishes="爱笑的", now=centre.now)
    record = Record.objects.get(person=bob.person)
    assert (record.wishes, record.source) == ("爱笑的", "parent")
    assert consent.has(person_id=bob.person_id, purpose=PURPOSE)
    assert not registering.waiting_for(bob.person, centre.now).exists()


def test_only_the_phone_with_that_number_can_answer(centre: Centre, alice: Profile, bob: Profile) -> None:
    asking = _register(centre, bob)
    assert not registering.waiting_for(alice.person, centre.now).exists()
    with pytest.raises(NotFound):
        registering.answer(person_id=alice.person_id, asking_id=asking.pk, yes=True, now=centre.now)


@pytest.mark.parametrize("yes", [True, False])
def test_an_answer_looks_like_a_silence_to_those_who_registered(
    centre: Centre, alice: Profile, bob: Profile, *, yes: bool
) -> None:
    answered, silent = _register(centre, bob), _register(centre, alice)
    before = [(row.pk, row.source, row.expires_at) for row in selectors.unconfirmed(centre.officer, centre.now)]
    registering.answer(person_id=bob.person_id, asking_id=answered.pk, yes=yes, now=centre.now)
    after = [(row.pk, row.source, row.expires_at) for row in selectors.unconfirmed(centre.officer, centre.now)]
    assert before == after
    answered.refresh_from_db()
    assert (answered.phone, answered.name, answered.wishes) == ("", "", "")
    assert Message.objects.filter(person=centre.staff["804"]).count() == 0
    assert not registering.waiting_for(bob.person, centre.now).exists()
    silent.refresh_from_db()
    assert silent.wishes == SECRET  # what could leak was there all the time


def test_nobody_is_asked_twice_and_a_known_number_is_not_betrayed(
    centre: Centre, alice: Profile, bob: Profile, phones: Any, jobs: Any
) -> None:
    first, again = _register(centre, bob), _register(centre, bob, source="desk")
    centre.record(alice)
    known = _register(centre, alice)
    jobs.run()
    assert [to for to, template, _params in phones.sent if template == "help_asked"] == [bob.person.phone]
    assert first.receipt != again.receipt != known.receipt
    assert len(selectors.unconfirmed(centre.officer, centre.now)) == 3
    assert Record.objects.filter(person=alice.person).count() == 1


def test_the_message_names_nobody(centre: Centre, bob: Profile, phones: Any, jobs: Any) -> None:
    _register(centre, bob)
    jobs.run()
    ((_to, _template, params),) = phones.sent
    assert params == {}
    assert Message.objects.get(person=bob.person).params == {}


def test_after_thirty_days_nothing_is_left(centre: Centre, bob: Profile) -> None:
    _register(centre, bob)
    late = centre.now + WAITS_FOR
    assert not registering.waiting_for(bob.person, late).exists()
    registering.forget_unanswered(now=late)
    assert not Asking.objects.exists()


def test_staff_of_another_city_see_and_register_nothing_here(centre: Centre, alice: Profile, bob: Profile) -> None:
    _register(centre, bob)
    record = centre.record(alice)
    assert list(selectors.unconfirmed(centre.stranger, centre.now)) == []
    assert selectors.people(centre.stranger) == []
    said = set()
    for key in (record.pk, centre.station.pk):  # another's and missing look the same
        with pytest.raises(NotFound) as refused:
            keeping.look(actor=centre.stranger, record_id=key, now=centre.now)
        said.add((str(refused.value.message), str(refused.value.next_step)))
    assert len(said) == 1
    with pytest.raises(NotFound):
        registering.register(
            actor=centre.stranger,
            station_id=centre.station.pk,
            source="desk",
            asked=Asked(phone=bob.person.phone),
            now=centre.now,
        )


def test_officers_without_the_role_read_no_record(centre: Centre, alice: Profile) -> None:
    record = centre.record(alice)
    with pytest.raises(NotFound):
        keeping.look(actor=centre.officer, record_id=record.pk, now=centre.now)


def test_taking_the_consent_back_freezes_at_once_and_deletes_later(
    centre: Centre, alice: Profile, bob: Profile
) -> None:
    hers, his = centre.record(alice), centre.record(bob)
    row = centre.introduce(hers, his)
    keeping.write(actor=centre.hong, record_id=hers.pk, kind="note", text="来过一次", now=centre.now)
    consents.withdraw(person_id=alice.person_id, purpose=PURPOSE, now=centre.now)
    with pytest.raises(NotFound):
        keeping.look(actor=centre.hong, record_id=hers.pk, now=centre.now)
    assert [one.record for one in selectors.people(centre.hong)] == [his]
    assert selectors.introduced(centre.hong) == []
    assert Introduction.objects.filter(pk=row.pk).exists()
    keeping.keep_the_rule(now=centre.now + FROZEN_FOR - timedelta(days=1))
    assert Record.objects.filter(pk=hers.pk).exists()
    keeping.keep_the_rule(now=centre.now + FROZEN_FOR)
    assert not Record.objects.filter(pk=hers.pk).exists()
    assert not Introduction.objects.exists()


def test_coming_back_in_time_opens_it_again(centre: Centre, alice: Profile) -> None:
    hers = centre.record(alice)
    consents.withdraw(person_id=alice.person_id, purpose=PURPOSE, now=centre.now)
    centre.record(alice)
    assert keeping.look(actor=centre.hong, record_id=hers.pk, now=centre.now) == hers


def test_a_record_without_a_standing_consent_is_found_at_night(
    centre: Centre, alice: Profile, monkeypatch: Any
) -> None:
    """A new version of the words: the old yes counts no more."""
    from dataclasses import replace  # noqa: PLC0415  # only here

    from niangjia.core.consent.types import PURPOSES  # noqa: PLC0415  # only here

    hers = centre.record(alice)
    monkeypatch.setitem(PURPOSES, PURPOSE, replace(PURPOSES[PURPOSE], version="2099"))
    with pytest.raises(NotFound):
        keeping.of_staff(centre.hong, hers.pk)
    keeping.keep_the_rule(now=centre.now)
    hers.refresh_from_db()
    assert hers.frozen_at == centre.now


def test_the_owner_reads_every_word_and_every_look(centre: Centre, alice: Profile, api: Callable[..., Any]) -> None:
    hers = centre.record(alice)
    keeping.look(actor=centre.hong, record_id=hers.pk, now=centre.now)
    keeping.write(actor=centre.hong, record_id=hers.pk, kind="visit", text="聊得很开心", now=centre.now)
    keeping.add_word(person_id=alice.person_id, text="我也是", now=centre.now)
    texts = [(note.kind, note.text) for note in selectors.notes_of(hers)]
    assert set(texts) == {("visit", "聊得很开心"), ("owner", "我也是")}
    looks = api(alice.person).get("looks")["items"]
    assert str(WORDS["dating.record_opened"]) in [look["what"] for look in looks]
    assert centre.staff["801"].phone not in str(looks)


def test_erasing_and_leaving_take_everything(centre: Centre, alice: Profile, bob: Profile, make_person: Any) -> None:
    hers, his = centre.record(alice), centre.record(bob)
    centre.introduce(hers, his)
    told = selectors.export(alice.person_id)
    assert told["introductions"][0]["state"] == "asked"
    assert told["record"]["station"] == centre.station.name
    keeping.erase(alice.person_id, centre.now)
    assert not Record.objects.filter(person=alice.person).exists()
    assert not Introduction.objects.exists()
    assert selectors.export(alice.person_id) == {}


def test_nobody_keeps_their_own_record(centre: Centre, make_person: Any) -> None:
    me = centre.staff["801"]
    registering.ask_for_help(person_id=me.pk, station_id=centre.station.pk, wishes="", now=centre.now)
    with pytest.raises(NotFound):
        keeping.of_staff(centre.hong, Record.objects.get(person=me).pk)
    assert keeping.of_staff(centre.lan, Record.objects.get(person=me).pk)


def test_leaving_dating_is_leaving_the_matchmakers(centre: Centre, alice: Profile, bob: Profile) -> None:
    centre.introduce(centre.record(alice), centre.record(bob))
    leaving.leave(person_id=alice.person_id, confirm=DELETE_WORD, now=centre.now)
    assert not Record.objects.filter(person=alice.person).exists()
    assert Record.objects.filter(person=bob.person).exists()
    assert not Introduction.objects.exists()
