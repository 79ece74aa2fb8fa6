"""`niangjia trace-photo`: staff learn whose screen a photo came from, with a reason, and it stands in the log."""

from collections.abc import Callable
from pathlib import Path

import pytest

from niangjia.core.accounts.models import Person
from niangjia.core.audit.models import Event
from niangjia.core.files import services
from niangjia.core.files.tests.test_leaks import NOW, a_photo, as_file, cut, opened, shown, take_in
from niangjia.operations import leaks
from niangjia.operations.failures import Failure

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(make_person: Callable[..., Person]) -> Person:
    return make_person(1)


@pytest.fixture
def asked(owner: Person, make_person: Callable[..., Person], tmp_path: Path) -> leaks.Asked:
    """Charlie's screen, with Alice, Bob and many others in the house; Dora of the staff asks."""
    photo, charlie = take_in(owner, a_photo()), make_person(4)
    for n in (2, 3, *range(10, 30)):
        make_person(n)
    dora = make_person(5)
    Person.objects.filter(pk=dora.pk).update(is_staff=True)
    file = tmp_path / "leak.jpg"
    file.write_bytes(as_file(cut(opened(shown(photo, charlie))), quality=50))
    return leaks.Asked(file=file, of=owner.phone, by=dora.phone, reason="A member found her photo on a forum.")


def test_staff_trace_a_leak_with_a_reason_and_it_stands_in_the_log(
    asked: leaks.Asked, owner: Person, make_person: Callable[..., Person]
) -> None:
    charlie, dora = make_person(4), make_person(5)
    told = "\n".join(leaks.trace(asked, now=NOW))
    assert str(charlie.pk) in told
    assert charlie.phone not in told
    assert str(make_person(2).pk) not in told
    events = Event.objects.filter(action__startswith="photo_traced").values_list("action", "actor_id", "subject_id")
    assert set(events) == {("photo_traced", dora.pk, owner.pk), ("photo_traced_to", dora.pk, charlie.pk)}
    assert set(Event.objects.filter(action__startswith="photo_traced").values_list("purpose", flat=True)) == {
        asked.reason
    }


def test_a_photo_taken_down_is_traced_by_its_owners_own_file(asked: leaks.Asked, owner: Person, tmp_path: Path) -> None:
    services.delete_photos(owner_id=owner.pk)
    assert "Nobody can be named" in "\n".join(leaks.trace(asked, now=NOW))
    own = tmp_path / "mine.png"
    own.write_bytes(a_photo())
    again = leaks.Asked(file=asked.file, of=asked.of, by=asked.by, reason=asked.reason, original=own)
    assert "Shown to" in "\n".join(leaks.trace(again, now=NOW))


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"by": "19900000002"}, {"of": "13999999999"}, {"of": "12"}])
def test_who_may_not_ask_or_says_no_reason_is_told_so(asked: leaks.Asked, wrong: dict[str, str]) -> None:
    with pytest.raises(Failure):
        list(leaks.trace(leaks.Asked(**{**asked.__dict__, **wrong}), now=NOW))
    assert not Event.objects.filter(action__startswith="photo_traced").exists()
