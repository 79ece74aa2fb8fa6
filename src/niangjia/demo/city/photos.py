"""Portraits and scenes on the profiles, and the papers that wait at desks."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from niangjia.core.files import store
from niangjia.core.files.decode import Drawn
from niangjia.core.files.models import Photo
from niangjia.demo.city.copying import Row, copy
from niangjia.demo.city.painting import Sitter, paint_all
from niangjia.demo.city.plan import City, id_of
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.models import ProfilePhoto

SHARED = 120  # portraits of each sex in a large city


@dataclass(frozen=True)
class Hung:
    """A picture in the files: whose, and which in their order."""

    row: int
    place: int
    photo_id: UUID


def hang(city: City) -> None:
    """Photos of everybody who has a profile; in a large city a few hundred, which many share."""
    sitters = list(_few(city) if city.large else (_sitter(city, row) for row in city.with_profile()))
    hung = list(_store(city, sitters, purpose="profile"))
    rows = _shared(city, hung) if city.large else ((city.profile_ids[one.row], one.photo_id, one.place) for one in hung)
    copy(ProfilePhoto, "id profile_id photo_id place", ((new_id(), *row) for row in rows))


def papers(city: City, rows: Iterable[int]) -> dict[int, UUID]:
    """For each of these people a photo of their document."""
    sitters = [_sitter(city, row, id_number=city.people.id_number[row]) for row in rows]
    return {one.row: one.photo_id for one in _store(city, sitters, purpose="identity")}


def _sitter(city: City, row: int, *, count: int = 0, id_number: str = "") -> Sitter:
    people = city.people
    return Sitter(
        row=row,
        seed=int(people.avatar_seed[row]),
        sex=people.sex[row],
        age=int(people.age[row]),
        outfit=people.outfit[row],
        hobbies=people.hobbies[row],
        count=count or int(people.photos[row]),
        id_number=id_number,
    )


def _few(city: City) -> Iterator[Sitter]:
    for sex in ("f", "m"):
        of_sex = (row for row in city.with_profile() if city.people.sex[row] == sex)
        yield from (_sitter(city, row, count=1) for row in islice(of_sex, SHARED))


def _shared(city: City, hung: list[Hung]) -> Iterator[Row]:
    walls: dict[str, list[UUID]] = defaultdict(list)
    for one in hung:
        walls[city.people.sex[one.row]].append(one.photo_id)
    for row in city.with_profile():
        wall = walls[city.people.sex[row]]
        yield (city.profile_ids[row], wall[row % len(wall)], 0)


def _store(city: City, sitters: list[Sitter], *, purpose: str) -> Iterator[Hung]:
    """Seal the files and write their rows; they are not kept in memory."""
    hung: list[Hung] = []
    photos: list[Photo] = []
    for sitter, drawn in zip(sitters, paint_all(sitters), strict=True):
        for place, picture in enumerate(drawn):
            photo = _photo(city, sitter.row, place, picture, purpose)
            store.write(photo, dict(picture.files))
            photos.append(photo)
            hung.append(Hung(sitter.row, place, photo.pk))
    Photo.objects.bulk_create(photos, batch_size=500)
    yield from hung


def _photo(city: City, row: int, place: int, picture: Drawn, purpose: str) -> Photo:
    made: datetime = city.ago(city.steps.proven[row])
    papers_ = purpose == "identity"
    return Photo(
        id=id_of(f"{purpose} photo", row * 10 + place),
        owner_id=city.person_ids[row],
        purpose=purpose,
        key=secrets.token_hex(20),
        made_at=made,
        width=picture.width,
        height=picture.height,
        dhash=picture.dhash,
        delete_at=city.now + timedelta(days=30) if papers_ else None,
    )
