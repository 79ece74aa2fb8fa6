"""My own profile, and the words it is made of."""

from datetime import datetime
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Field, Schema

from niangjia.core import access
from niangjia.core.attestations.selectors import facts_of
from niangjia.core.attestations.types import FactRow
from niangjia.core.files.services import photo_url
from niangjia.kernel import clock
from niangjia.scenes.dating import places
from niangjia.scenes.dating.api.frame import Age, Code, Codes, Height, Text, person_of, router
from niangjia.scenes.dating.completeness import advice, percent
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.selectors.people import own_photos, profile_of
from niangjia.scenes.dating.selectors.regions import served_districts
from niangjia.scenes.dating.selectors.safety import Held, held_of
from niangjia.scenes.dating.services import profiles
from niangjia.scenes.dating.services.holding import words_of
from niangjia.scenes.dating.taxonomy import (
    CHILDREN,
    DRINKING,
    EDUCATIONS,
    HOBBIES,
    HOBBY_GROUPS,
    MARITAL,
    SMOKING,
    Term,
)
from niangjia.scenes.dating.types import MOST_PHOTOS, REPORT_REASONS

Visibility = Literal["verified", "fitting", "paused"]


class Coded(Schema):
    code: str
    title: str


class HobbyOut(Coded):
    group: str


class DistrictOut(Coded):
    city: str


class Options(Schema):
    """Every list to choose from, in the reader's language."""

    hobbies: list[HobbyOut]
    districts: list[DistrictOut]
    educations: list[Coded]
    marital: list[Coded]
    children: list[Coded]
    smoking: list[Coded]
    drinking: list[Coded]
    report_reasons: list[Coded]


class Wishes(Schema):
    age_from: Age | None = None
    age_to: Age | None = None
    height_from: Height | None = None
    height_to: Height | None = None
    educations: Codes = []
    districts: Codes = []
    marital: Codes = []


class OwnPhoto(Schema):
    """While it `waits` nobody else sees it: it is not looked at yet, or there is a code in it."""

    id: UUID
    url: str
    waits: bool


HeldField = Literal["nickname", "about", "wish_text", "trade"]
HeldState = Literal["waiting", "down"]


class HeldWords(Schema):
    """What I wrote and others do not read: it waits for somebody of the union, or they decided so."""

    text: str
    words: list[str]
    state: HeldState
    reason: str
    receipt: str
    may_appeal: bool


class HeldOut(HeldWords):
    """Where in my profile."""

    field: HeldField


class Advice(Schema):
    code: str
    text: str


class Completeness(Schema):
    percent: int
    advice: list[Advice]


class MyProfile(Schema):
    """My profile as others read it, and what of mine is `held`; `exists` is false before the first save."""

    exists: bool
    visibility: Visibility
    see_colleagues: bool
    photos_to: Literal["mutual", "verified"]
    nickname: str
    about: str
    wish_text: str
    trade: str
    height_cm: int | None
    education: str
    home_town: str
    district: str
    marital: str
    children: str
    smoking: str
    drinking: str
    hobbies: list[str]
    photos: list[OwnPhoto]
    held: list[HeldOut]
    wishes: Wishes
    facts: list[FactRow]
    completeness: Completeness


class Changes(Schema):
    """Any part of a profile; what is left out stays as it is."""

    visibility: Visibility | None = None
    see_colleagues: bool | None = None
    photos_to: Literal["mutual", "verified"] | None = None
    nickname: Text | None = Field(None, max_length=20)
    about: Text | None = Field(None, max_length=600)
    wish_text: Text | None = Field(None, max_length=400)
    trade: Text | None = Field(None, max_length=20)
    height_cm: Height | None = None
    education: Code | None = None
    home_town: Text | None = Field(None, max_length=40)
    district: Code | None = None
    marital: Code | None = None
    children: Code | None = None
    smoking: Code | None = None
    drinking: Code | None = None
    hobbies: Codes | None = None
    wishes: Wishes | None = None

    def changes(self) -> dict[str, Any]:
        """What was given. Null empties a number and leaves anything else alone."""
        given = self.dict(exclude_unset=True)
        wishes = given.pop("wishes", None) or {}
        words = {name: value for name, value in given.items() if value is not None or name == "height_cm"}
        return words | {f"wish_{name}": value for name, value in wishes.items()}


class PhotoOrder(Schema):
    photos: Annotated[list[UUID], Field(max_length=MOST_PHOTOS)]


def _coded(terms: tuple[Term, ...]) -> list[Coded]:
    language = get_language() or ""
    return [Coded(code=term.code, title=term.title(language)) for term in terms]


@router.get("/options", response=Options)
@access.signed_in
def options(request: HttpRequest) -> Any:
    """What can be chosen."""
    language = get_language() or ""
    groups = {group.code: group.title(language) for group in HOBBY_GROUPS}
    return Options(
        hobbies=[HobbyOut(code=h.code, group=groups[h.group], title=h.title(language)) for h in HOBBIES],
        districts=[DistrictOut(code=p.code, title=p.name, city=places.city_of(p)) for p in served_districts()],
        educations=_coded(EDUCATIONS),
        marital=_coded(MARITAL),
        children=_coded(CHILDREN),
        smoking=_coded(SMOKING),
        drinking=_coded(DRINKING),
        report_reasons=[Coded(code=code, title=str(title)) for code, title in REPORT_REASONS.items()],
    )


@router.get("/profile", response=MyProfile)
@access.signed_in
def my_profile(request: HttpRequest) -> Any:
    """My own profile."""
    return _shown(person_of(request), clock.now())


@router.post("/profile", response=MyProfile)
@access.signed_in
def save(request: HttpRequest, given: Changes) -> Any:
    """Write any part of my profile."""
    now = clock.now()
    profiles.save(person_id=person_of(request), changes=given.changes(), now=now)
    return _shown(person_of(request), now)


@router.post("/profile/photos", response=MyProfile)
@access.signed_in
def choose_photos(request: HttpRequest, given: PhotoOrder) -> Any:
    """Which of my photos to show, in this order; the others are deleted."""
    now = clock.now()
    profiles.choose_photos(person_id=person_of(request), photo_ids=given.photos, now=now)
    return _shown(person_of(request), now)


@router.post("/pause", response=MyProfile)
@access.signed_in
def pause(request: HttpRequest) -> Any:
    """Take a break: out of everybody's sight at once, nothing lost."""
    now = clock.now()
    profiles.pause(person_id=person_of(request), now=now)
    return _shown(person_of(request), now)


@router.post("/resume", response=MyProfile)
@access.signed_in
def resume(request: HttpRequest) -> Any:
    """Come back."""
    now = clock.now()
    profiles.resume(person_id=person_of(request), now=now)
    return _shown(person_of(request), now)


def _shown(person_id: UUID, now: datetime) -> MyProfile:
    profile = profile_of(person_id) or Profile(person_id=person_id)
    photos = own_photos(profile)
    plain = {name: getattr(profile, name) for name in _PLAIN}
    return MyProfile(
        **plain,
        exists=not profile._state.adding,
        home_town=places.town_title(profile.home_town),
        photos=[
            OwnPhoto(id=photo, url=photo_url(photo, person_id, "full", now), waits=waits) for photo, waits in photos
        ],
        held=[] if profile._state.adding else [_held(one) for one in held_of(profile, profiles.TEXTS, now)],
        wishes=Wishes(**{name: getattr(profile, f"wish_{name}") for name in Wishes.model_fields}),
        facts=facts_of(person_id, now),
        completeness=_completeness(profile, len(photos)),
    )


def _held(one: Held) -> HeldOut:
    return HeldOut(field=cast(HeldField, one.row.field), **held_words(one))


def held_words(one: Held) -> dict[str, Any]:
    row = one.row
    return {
        "text": row.text,
        "words": words_of(row),
        "state": cast(HeldState, row.state),
        "reason": row.reason,
        "receipt": row.case.receipt,
        "may_appeal": one.may_appeal,
    }


def _completeness(profile: Profile, photos: int) -> Completeness:
    lines = [Advice(**line) for line in advice(profile, photos)]
    return Completeness(percent=percent(profile, photos), advice=lines)


_PLAIN = (
    "visibility", "see_colleagues", "photos_to", "nickname", "about", "wish_text", "trade", "height_cm", "education",
    "district", "marital", "children", "smoking", "drinking", "hobbies",
)  # fmt: skip
