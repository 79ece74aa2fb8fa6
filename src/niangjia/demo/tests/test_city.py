"""The demo city in the database keeps every promise that the real services make."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.accounts.codes import phone_index
from niangjia.core.accounts.factors import code_at
from niangjia.core.accounts.models import Person, SecondFactor
from niangjia.core.attestations.models import Attestation, Request
from niangjia.core.attestations.selectors import facts_of
from niangjia.core.attestations.services.identity import id_index
from niangjia.core.consent import purposes
from niangjia.core.consent import services as consent
from niangjia.core.files import store
from niangjia.core.files.models import Photo
from niangjia.core.messages.models import Announcement, Note
from niangjia.core.messages.types import TEMPLATES
from niangjia.core.orgs.models import Employer, Org
from niangjia.core.rolls import selectors as rolls
from niangjia.demo import seed
from niangjia.demo.city.plan import id_of
from niangjia.demo.named import MAN_PHONE, NEWCOMER_PHONE, POSTS, WOMAN_PHONE
from niangjia.engines.workflow.policies import cases
from niangjia.kernel import clock
from niangjia.scenes.dating.chat import selectors as chat
from niangjia.scenes.dating.guard import marked
from niangjia.scenes.dating.models import ContactOffer, Decision, Pair, Profile, ProfilePhoto, Report
from niangjia.scenes.dating.safety.selectors import looks_at
from niangjia.scenes.dating.services import standing
from niangjia.scenes.dating.types import REPORT

PEOPLE = 240  # so many that she has somebody to write with
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[tuple[str, str]]]:
    """Loaded once for all tests of this module, whose own transactions are savepoints in this one; gone after them."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.conf.settings.DEMO", True)
        yield seed.load_city(people=PEOPLE)
        transaction.set_rollback(True)


def _person(phone: str) -> Person:
    return Person.objects.get(phone_index=phone_index(phone))


def test_everybody_is_there(city: object) -> None:
    assert Person.objects.count() == PEOPLE
    assert Employer.objects.count() == PEOPLE
    assert Org.objects.filter(level="city", region__startswith="33").count() == 11
    assert Org.objects.find_problems() == ([], [], [], [], [])
    assert Announcement.objects.exists()
    assert Profile.objects.count() > PEOPLE / 2
    assert Request.objects.filter(state="waiting").exists()


def test_a_second_run_changes_nothing(city: list[tuple[str, str]]) -> None:
    counts = [model.objects.count() for model in (Person, Profile, Attestation, Note, Decision, Photo)]
    assert seed.load_city(people=PEOPLE) == city
    assert [model.objects.count() for model in (Person, Profile, Attestation, Note, Decision, Photo)] == counts


def test_another_city_or_a_real_one_is_left_alone(city: object, settings: Any) -> None:
    with pytest.raises(seed.Occupied):
        seed.load_city(people=PEOPLE + 1)
    settings.DEMO = False
    with pytest.raises(seed.Occupied):
        seed.load_city(people=PEOPLE)


def test_profiles_say_what_the_facts_say(city: object) -> None:
    assert standing.renew_all(now=clock.now()) == 0
    Attestation.objects.filter(kind="employer").update(employer=Employer.objects.last())
    assert standing.renew_all(now=clock.now()) > 0  # the comparison can fail


def test_sealed_columns_open_and_indexes_find(city: object) -> None:
    for person in Person.objects.all():
        assert bytes(person.phone_index or b"") == phone_index(person.phone)
        verified = Attestation.objects.filter(person=person, kind="real_person", fallen_at=None).exists()
        assert verified == bool(person.id_number) == bool(person.legal_name)
        if verified:
            assert bytes(person.id_index or b"") == id_index(person.id_number)


def test_who_is_verified_by_the_roll_stands_on_it(city: object) -> None:
    rested = Attestation.objects.filter(method="roll", fallen_at=None).select_related("person", "employer")
    assert rested
    for fact in rested:
        assert fact.employer
        assert rolls.on_roll(person=fact.person, employer=fact.employer)


def test_everything_used_was_agreed_to(city: object) -> None:
    needed = {"employer": purposes.EMPLOYER, "single": purposes.MARITAL}
    for fact in Attestation.objects.filter(kind__in=needed):
        assert consent.has(person_id=fact.person_id, purpose=needed[fact.kind])
    for profile in Profile.objects.all():
        assert consent.has(person_id=profile.person_id, purpose=purposes.PROFILE)


def test_pairs_are_the_mutual_yeses(city: object) -> None:
    yes = set(Decision.objects.filter(said="yes").values_list("chooser_id", "chosen_id"))
    mutual = {(a, b) for a, b in yes if (b, a) in yes and a < b}
    assert mutual == set(Pair.objects.values_list("first_id", "second_id"))
    assert mutual
    assert all(offer.value for offer in ContactOffer.objects.all())


def test_every_profile_has_photos_that_open(city: object) -> None:
    hung = ProfilePhoto.objects.filter(place=0).select_related("photo")
    assert hung.count() == Profile.objects.count()
    photo = hung[0].photo
    assert (store.read(photo, "thumb") or b"").startswith(b"\xff\xd8")


def test_words_pass_the_guard_and_notes_have_templates(city: object) -> None:
    for profile in Profile.objects.all():
        assert not [*marked(profile.nickname), *marked(profile.about), *marked(profile.wish_text)]
    for note in Note.objects.all():
        TEMPLATES[note.template].render(note.params)


def test_the_two_of_the_story_see_each_other_first_and_have_not_decided(city: object, api: Callable[..., Any]) -> None:
    for one, other in ((WOMAN_PHONE, MAN_PHONE), (MAN_PHONE, WOMAN_PHONE)):
        me, you = _person(one), Profile.objects.get(person=_person(other))
        assert [fact.state for fact in facts_of(me.pk, clock.now())] == ["verified"] * 3
        phone = api(me)
        page = phone.post("dating/browse", order="newest", hobbies=["hiking"])
        assert phone.status == 200
        assert page["items"][0]["id"] == str(you.pk)
        assert not Decision.objects.filter(chooser__person=me, chosen=you).exists()


def test_demo_accounts_sign_in_by_phone(city: object, api: Callable[..., Any], phones: Any, jobs: Any) -> None:
    for number in (WOMAN_PHONE, NEWCOMER_PHONE, POSTS[0].phone):
        phone = api()
        asked = phone.post("sign-in/code", phone=number)
        jobs.run()
        phone.post("sign-in/verify", phone=number, code=phones.code(number), challenge=asked["challenge"])
        assert phone.status == 200


def test_the_newcomer_stands_on_the_printed_roll(city: list[tuple[str, str]]) -> None:
    newcomer = _person(NEWCOMER_PHONE)
    assert [fact.state for fact in facts_of(newcomer.pk, clock.now())] == ["none"] * 3
    line = next(how for who, how in city if how.startswith(NEWCOMER_PHONE))
    number = next(word.strip(",") for word in line.split() if word.strip(",")[:-1].isdigit() and len(word) > 17)
    newcomer.id_index = id_index(number)
    assert rolls.employers_of(person=newcomer).exists()


def test_staff_have_their_roles_and_an_authenticator(city: object) -> None:
    for post in POSTS:
        person = _person(post.phone)
        assert person.is_staff
        assert person.legal_name == post.name
        assert person.role_grants.filter(role=post.role, ended_at=None).exists()
        factor = SecondFactor.objects.get(person=person)
        assert factor.confirmed_at is not None
        assert len(code_at(factor.secret, 1)) == 6


def test_reports_wait_for_the_officers(city: object) -> None:
    assert Report.objects.exists()
    officer = _person(POSTS[2].phone)
    actor = Actor(person_id=officer.pk, grants=grants_of(officer.pk), second_factor_at=clock.now())
    assert cases.which(actor, "see").filter(kind=REPORT).count() == Report.objects.count()


def test_ids_are_the_same_every_time(city: object) -> None:
    assert Person.objects.filter(pk=id_of("person", 0)).exists()
    assert str(id_of("person", 0)) == "e8ca7bbb-9242-58af-b131-bb1e28f2e745"


def test_the_woman_of_the_story_has_a_conversation_that_waits_to_be_read(city: list[tuple[str, str]]) -> None:
    now = clock.now()
    her = Profile.objects.get(person=_person(WOMAN_PHONE))
    found = {talk.pair_id: talk for talk in chat.talks(her)}
    waiting = [talk for talk in found.values() if talk.unread]
    assert len(waiting) == 1
    shown = chat.conversation(her, waiting[0].pair_id, now)
    assert shown.other is not None
    assert shown.other.person_id == _person(next(how for who, how in city if who == "worker, her pair")[:11]).pk
    assert "爬山" in " ".join(row.text for row in shown.messages)
    assert all(shown.pair.since < row.at < now for row in shown.messages)


def test_the_two_of_the_story_see_how_many_looked(city: object) -> None:
    for phone in (WOMAN_PHONE, MAN_PHONE):
        me = Profile.objects.get(person=_person(phone))
        assert [week.step for week in looks_at(me, clock.now())] == ["few", "20", "10", "few"]
