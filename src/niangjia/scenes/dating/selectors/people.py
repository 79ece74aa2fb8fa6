"""Whom somebody sees: the pages of the two lists, one profile, those they said yes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias, TypedDict
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.kernel.errors import Conflict, Forbidden, NotFound
from niangjia.scenes.dating import cursors
from niangjia.scenes.dating.models import Decision, Profile, ProfilePhoto, Visibility
from niangjia.scenes.dating.policies import Sight, matching, paired, stands
from niangjia.scenes.dating.types import PAGE, Filters


class Said(TypedDict):
    """What a profile is annotated with for one viewer: what they said of it, and whether both did."""

    yes: bool
    mutual: bool


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Seen: TypeAlias = WithAnnotations[Profile, Said]
else:
    Seen = Profile


@dataclass(frozen=True)
class Page:
    rows: list[Seen]
    next: str | None


def profile_of(person_id: UUID) -> Profile | None:
    return Profile.objects.filter(person_id=person_id).first()


def own(person_id: UUID) -> Profile:
    """One's own profile; raises NotFound with what to do before there is one."""
    found = profile_of(person_id)
    if found is None:
        raise NotFound(
            _("You have no dating profile yet."), code="no_profile", next_step=_("Fill in a few lines about yourself.")
        )
    return found


def member(person_id: UUID, now: datetime) -> Profile:
    """One's own profile, which stands; raises Forbidden with what is missing otherwise."""
    me = own(person_id)
    if me.barred_until is not None and me.barred_until > now:
        raise Forbidden(
            _("Your profile rests after a decision about it."),
            code="restricted",
            next_step=_("Open the decision to read why, until when, and how to appeal."),
        )
    if not stands(me, now):
        raise Forbidden(
            _("Only verified singles see verified singles."),
            code="not_verified",
            next_step=_("Complete your three verifications: real person, employer, single."),
        )
    return me


def seeker(person_id: UUID, now: datetime) -> Profile:
    """A member who does not take a break."""
    me = member(person_id, now)
    if me.visibility == Visibility.PAUSED:
        raise Conflict(
            _("You are taking a break."), code="paused", next_step=_("Come back whenever you like: one tap is enough.")
        )
    return me


def seen_by(me: Profile, action: str, now: datetime) -> QuerySet[Seen]:
    """Profiles that `me` may see for `action`, with `yes` and `mutual`."""
    mine = Decision.objects.filter(chooser_id=me.pk, chosen_id=OuterRef("pk"), said="yes")
    rule = Sight(me, now).rule(Actor(person_id=me.person_id), action)
    return Profile.objects.filter(rule).annotate(yes=Exists(mine), mutual=paired(me))


def one(me: Profile, profile_id: UUID, now: datetime, *, action: str = "open") -> Seen:
    """One profile, or NotFound: gone, blocked, paused, a colleague or never there all look the same."""
    found = seen_by(me, action, now).filter(pk=profile_id).first()
    if found is None:
        raise gone()
    return found


def gone() -> NotFound:
    return NotFound(_("This profile cannot be seen any more."), next_step=_("Many others are waiting; look around."))


def browse(me: Profile, filters: Filters, cursor: str | None, now: datetime) -> Page:
    """One page in the order wished for, in one query. Whom I passed does not come again."""
    by = "joined_on" if filters.order == "newest" else "active_week"
    passed = Decision.objects.filter(chooser_id=me.pk, chosen_id=OuterRef("pk"), said="pass")
    rows = seen_by(me, "meet", now).filter(matching(filters, now)).exclude(Exists(passed))
    after = cursors.read(by, cursor)
    if after:
        day, turn = date.fromisoformat(after[0]), int(after[1])
        rows = rows.filter(Q(**{f"{by}__lt": day}) | Q(**{by: day, "turn__lt": turn}))
    found = list(rows.order_by(f"-{by}", "-turn")[: PAGE + 1])
    return Page(found[:PAGE], _next(found, by))


def _next(found: Sequence[Seen], by: str) -> str | None:
    last = found[PAGE - 1] if len(found) > PAGE else None
    return cursors.write(by, getattr(last, by), last.turn) if last else None


def said_yes_to(me: Profile, cursor: str | None, now: datetime) -> Page:
    """Those I said yes to and who have not answered (as far as I may know), the latest first."""
    said = Decision.objects.filter(chooser_id=me.pk, said="yes")
    after = cursors.read("said", cursor)
    if after:
        moment, key = datetime.fromisoformat(after[0]), UUID(after[1])
        said = said.filter(Q(at__lt=moment) | Q(at=moment, pk__lt=key))
    visible = seen_by(me, "meet", now).filter(mutual=False, pk=OuterRef("chosen_id"))
    found = list(said.filter(Exists(visible)).order_by("-at", "-pk")[: PAGE + 1])
    rows = {row.pk: row for row in seen_by(me, "meet", now).filter(pk__in=[said.chosen_id for said in found[:PAGE]])}
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(
        [rows[said.chosen_id] for said in found[:PAGE] if said.chosen_id in rows],
        cursors.write("said", last.at, last.pk) if last else None,
    )


def photos_of(profiles: Iterable[Profile], *, first_only: bool) -> dict[UUID, list[UUID]]:
    """Ids of the photos of each profile, in their order."""
    rows = ProfilePhoto.objects.filter(profile__in=[profile.pk for profile in profiles]).order_by("profile_id", "place")
    rows = rows.filter(place=0) if first_only else rows
    found: dict[UUID, list[UUID]] = {}
    for profile_id, photo_id in rows.values_list("profile_id", "photo_id"):
        found.setdefault(profile_id, []).append(photo_id)
    return found
