"""Filling in one's own profile."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts.models import Person
from niangjia.core.consent import purposes
from niangjia.core.consent import services as consent
from niangjia.core.files import services as files
from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid
from niangjia.scenes.dating import guard, places
from niangjia.scenes.dating.models import Profile, ProfilePhoto, Visibility
from niangjia.scenes.dating.selectors.people import own
from niangjia.scenes.dating.services import holding
from niangjia.scenes.dating.services.asking import ask_for_list, ask_to_look, forget_list
from niangjia.scenes.dating.services.standing import facts_changed
from niangjia.scenes.dating.types import CODES, MOST_HOBBIES, MOST_PHOTOS, week_of

TEXTS = ("nickname", "about", "wish_text", "trade")
_ORDERED_BY = {
    "hobbies", "see_colleagues", "wish_age_from", "wish_age_to", "wish_height_from", "wish_height_to",
    "wish_educations", "wish_districts", "wish_marital",
}  # fmt: skip
_LISTS = {"hobbies": "hobbies", "wish_educations": "education", "wish_marital": "marital"}


@transaction.atomic
def save(*, person_id: UUID, changes: Mapping[str, Any], now: datetime) -> Profile:
    """Write what is given and leave the rest. The first time makes the profile, and asks for consent to show it.

    Words that lead elsewhere are held: until somebody of the union has looked, what stood there before stays.
    """
    wanted = _checked(changes)
    texts = {name: wanted[name] for name in TEXTS if name in wanted}
    marked = guard.found(texts)
    for name in marked:
        del wanted[name]
    profile = Profile.objects.select_for_update(of=("self",)).filter(person_id=person_id).first()
    if profile is None:
        guard.check({"nickname": texts.get("nickname", "")})  # without a name there is nothing to show meanwhile
        profile = _create(person_id, wanted, now)
    else:
        _change(profile, wanted)
    holding.written(profile, texts, marked, now)
    return profile


def _change(profile: Profile, wanted: Mapping[str, Any]) -> None:
    if wanted.get("visibility", Visibility.PAUSED) != Visibility.PAUSED:
        consent.require(person_id=profile.person_id, purpose=purposes.PROFILE)
    for name, value in wanted.items():
        setattr(profile, name, value)
    if wanted:
        _wishes_in_order(profile)
        profile.save(update_fields=list(wanted))
    if wanted.keys() & _ORDERED_BY:
        ask_for_list(profile.person_id)


def _create(person_id: UUID, wanted: Mapping[str, Any], now: datetime) -> Profile:
    consent.require(person_id=person_id, purpose=purposes.PROFILE)
    if not wanted.get("nickname"):
        hint = _("How shall the others call you?")
        raise Invalid(_("A name to show is needed."), fields={"nickname": hint})
    Person.objects.select_for_update().get(pk=person_id)  # two first saves at once end as one profile
    made = Profile.objects.filter(person_id=person_id).first()
    profile = made or Profile(person_id=person_id, joined_on=clock.today(now), active_week=week_of(now))
    for name, value in wanted.items():
        setattr(profile, name, value)
    _wishes_in_order(profile)
    profile.save()
    facts_changed([person_id], now)
    profile.refresh_from_db()
    return profile


def _checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    """What may be stored; raises Invalid with every place that must change."""
    wanted = dict(changes)
    for name in TEXTS:
        if name in wanted:
            wanted[name] = " ".join(wanted[name].split()) if name in ("nickname", "trade") else wanted[name].strip()
    faults = {**_wrong_codes(wanted), **_wrong_places(wanted)}
    if "nickname" in wanted and not wanted["nickname"]:
        faults["nickname"] = _("How shall the others call you?")
    if faults:
        raise Invalid(
            _("Something is missing or not quite right."),
            next_step=_("Please look at the marked places."),
            fields=faults,
        )
    return wanted


def _wrong_codes(wanted: dict[str, Any]) -> dict[str, object]:
    """Codes that our lists do not have. Lists lose their repetitions on the way."""
    wrong = {name for name in ("education", "marital", "children", "smoking", "drinking") if not _known(name, wanted)}
    for name, of in _LISTS.items():
        if name in wanted:
            wanted[name] = list(dict.fromkeys(wanted[name]))
            if set(wanted[name]) - CODES[of]:
                wrong.add(name)
    if len(wanted.get("hobbies", ())) > MOST_HOBBIES:
        wrong.add("hobbies")
    return dict.fromkeys(wrong, _("Please choose from the list."))


def _known(name: str, wanted: Mapping[str, Any]) -> bool:
    return not wanted.get(name) or wanted[name] in CODES[name]


def _wrong_places(wanted: dict[str, Any]) -> dict[str, object]:
    faults: dict[str, object] = {}
    if wanted.get("district") and not places.is_district(wanted["district"]):
        faults["district"] = _("Please choose from the list.")
    if "wish_districts" in wanted:
        wanted["wish_districts"] = list(dict.fromkeys(wanted["wish_districts"]))
        if not all(places.is_district(code) for code in wanted["wish_districts"]):
            faults["wish_districts"] = _("Please choose from the list.")
    if "home_town" in wanted:
        try:
            wanted["home_town"] = places.town_code(wanted["home_town"])
        except LookupError:
            faults["home_town"] = _("Please write a city, for example 浙江金华.")
    return faults


def _wishes_in_order(profile: Profile) -> None:
    """From 35 to 28 means from 28 to 35: refused kindly, because one of the two may be a slip."""
    for wish in ("wish_age", "wish_height"):
        low, high = getattr(profile, f"{wish}_from"), getattr(profile, f"{wish}_to")
        if low is not None and high is not None and low > high:
            raise Invalid(
                _("The first number must be the smaller one."), fields={f"{wish}_from": _("Please check this.")}
            )


@transaction.atomic
def choose_photos(*, person_id: UUID, photo_ids: Sequence[UUID], now: datetime) -> Profile:
    """These photos in this order. Those left out are deleted; new ones wait until they have been looked at."""
    profile = own(person_id)
    Profile.objects.select_for_update().get(pk=profile.pk)
    ids = files.owned(owner_id=person_id, ids=photo_ids, purpose="profile")
    if len(ids) != len(set(photo_ids)) or len(ids) > MOST_PHOTOS:
        hint = _("Up to nine photos of your own.")
        raise Invalid(_("These photos cannot be used."), fields={"photos": hint})
    before = dict(ProfilePhoto.objects.filter(profile=profile).values_list("photo_id", "waits"))
    ProfilePhoto.objects.filter(profile=profile).delete()
    rows = [
        ProfilePhoto(profile=profile, photo_id=photo_id, place=place, waits=before.get(photo_id, True))
        for place, photo_id in enumerate(ids)
    ]
    ProfilePhoto.objects.bulk_create(rows)
    files.delete_photos(owner_id=person_id, ids=before.keys() - set(ids), purpose="profile")
    if set(ids) - before.keys():
        ask_to_look()
    return profile


def pause(*, person_id: UUID, now: datetime) -> Profile:
    """Out of sight at once; nothing is lost."""
    return save(person_id=own(person_id).person_id, changes={"visibility": Visibility.PAUSED}, now=now)


def resume(*, person_id: UUID, now: datetime) -> Profile:
    """In sight again: as before for whoever was paused, and unchanged for whoever was not."""
    profile = own(person_id)
    if profile.visibility != Visibility.PAUSED:
        return profile
    return save(person_id=person_id, changes={"visibility": Visibility.VERIFIED}, now=now)


def consent_withdrawn(person_id: UUID, purpose: str, now: datetime) -> None:
    """Without the consent nobody sees the profile, or nobody is ordered for me, from this moment on."""
    if purpose == purposes.PROFILE:
        Profile.objects.filter(person_id=person_id).update(visibility=Visibility.PAUSED)
    if purpose == purposes.PERSONAL_ORDER:
        forget_list(person_id)
