"""A city for measuring is loaded with triggers at rest, and is right all the same."""

from typing import Any

import pytest
from django.db import connection

from niangjia.core.accounts.models import Person
from niangjia.core.audit.models import Event
from niangjia.demo import seed
from niangjia.demo.city import photos, plan
from niangjia.kernel import clock
from niangjia.scenes.dating.models import Decision, Pair, Profile, ProfilePhoto, Shelf
from niangjia.scenes.dating.services import standing


@pytest.mark.django_db
def test_a_large_city_is_right_without_triggers(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEMO = True
    monkeypatch.setattr(plan, "LARGE", 50)
    monkeypatch.setattr(photos, "SHARED", 2)
    seed.load_city(people=120)
    assert Person.objects.count() == 120
    assert not Event.objects.filter(action__in=["insert", "update", "delete"]).exists()
    assert standing.renew_all(now=clock.now()) == 0
    standing_now = Profile.objects.filter(verified_until__isnull=False)
    assert Shelf.objects.count() == sum(len(profile.hobbies) for profile in standing_now)
    assert ProfilePhoto.objects.filter(place=0).count() == Profile.objects.count()
    yes = set(Decision.objects.filter(said="yes").values_list("chooser_id", "chosen_id"))
    assert {(a, b) for a, b in yes if (b, a) in yes and a < b} == set(Pair.objects.values_list("first_id", "second_id"))


@pytest.mark.django_db
def test_triggers_work_again_after_a_large_city(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEMO = True
    monkeypatch.setattr(plan, "LARGE", 50)
    monkeypatch.setattr(photos, "SHARED", 2)
    seed.load_city(people=120)
    person = Person.objects.first()
    assert person is not None
    Person.objects.filter(pk=person.pk).update(closed_at=clock.now())
    assert Event.objects.filter(subject_id=person.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgenabled FROM pg_trigger WHERE tgname = 'shelf_put'")
        assert cursor.fetchone()[0] == "O"
