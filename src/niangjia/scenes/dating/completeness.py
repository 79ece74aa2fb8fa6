"""How far a profile has come, and the next things worth adding. Advice, never a condition."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from niangjia.scenes.dating.models import Profile

_BASICS = ("height_cm", "education", "home_town", "district", "marital")
MOST_ADVICE = 3


def percent(profile: Profile, photos: int) -> int:
    """Of a hundred: photos 25, hobbies 20, about me 20, basics 20, what I wish for 15."""
    basics = sum(bool(getattr(profile, name)) for name in _BASICS)
    return (
        min(photos, 2) * 10
        + 5 * (photos > 2)
        + min(len(profile.hobbies), 4) * 5
        + min(len(profile.about), 40) // 2
        + basics * 4
        + 10 * bool(profile.wish_text)
        + 5 * _wishes(profile)
    )


def advice(profile: Profile, photos: int) -> list[dict[str, str]]:
    """The few things that would help most, the best first."""
    return [{"code": code, "text": text} for code, text in _missing(profile, photos)][:MOST_ADVICE]


def _missing(profile: Profile, photos: int) -> Iterator[tuple[str, str]]:
    if not photos:
        yield "photos", _("A natural photo helps most; it stays blurred until you both say yes.")
    if len(profile.hobbies) < 3:
        yield "hobbies", _("Add what you like doing: people find each other by it.")
    if len(profile.about) < 40:
        yield "about", _("Two sentences about an ordinary weekend say more than a list of merits.")
    if any(not getattr(profile, name) for name in _BASICS):
        yield "basics", _("Fill in height, education, home town and district, so that you are found.")
    if not profile.wish_text:
        yield "wish_text", _("Tell in your own words whom you hope to meet.")
    if photos == 1:
        yield "photos", _("A second photo, doing something you like, gives others a reason to write.")
    if not _wishes(profile):
        yield "wishes", _("Say which ages suit you, and we show you first who fits.")


def _wishes(profile: Profile) -> bool:
    return profile.wish_age_from is not None or profile.wish_age_to is not None or bool(profile.wish_districts)
