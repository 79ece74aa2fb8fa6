"""What a decision about a case of the guard brings with it, in the same transaction."""

from datetime import date, datetime, time

from django.utils.translation import gettext_lazy as _

from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.types import Moved
from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid
from niangjia.scenes.dating.models import Profile, ProfilePhoto
from niangjia.scenes.dating.scam import cooling_off
from niangjia.scenes.dating.scam.models import File, LookAlike
from niangjia.scenes.dating.services import verdicts


def decided(moved: Moved) -> None:
    """Nothing found: whoever waits need not any longer. Else what was decided, told with its reason and appeal."""
    file = File.objects.select_related("case").get(case_id=moved.case_id)
    if moved.transition == "dismiss":
        cooling_off.lift(file=file, now=moved.now)
    elif moved.transition == "cool":
        cooling_off.confirm(
            file=file, by_id=moved.by_id, reason=moved.reason, until=_until(moved.details), now=moved.now
        )
    else:
        verdicts.report_decided(moved)
    if file.case.closed_at:
        File.objects.filter(pk=file.pk).update(closed_at=moved.now)


def _until(details: object) -> datetime:
    try:
        day = date.fromisoformat(details["until"])  # type: ignore[index]  # a mapping, see `Moved`
    except ValueError as error:
        raise Invalid(_("Please write a day."), fields={"until": _("Please check this.")}) from error
    return datetime.combine(day, time(23, 59), clock.SHANGHAI)


def appeal_decided(moved: Moved) -> None:
    first = Case.objects.select_related("appeal_of").get(pk=moved.case_id).appeal_of
    file = File.objects.select_related("case").filter(case=first).first()
    if moved.transition == "lift" and file:
        cooling_off.lift(file=file, now=moved.now)
    verdicts.appeal_decided(moved)


def photo_decided(moved: Moved) -> None:
    """A photo that was kept back comes to its place when nothing is wrong with it; one that is not theirs goes."""
    row = LookAlike.objects.select_related("photo").get(case_id=moved.case_id)
    if row.photo is None:
        return
    Profile.objects.select_for_update(of=("self",)).filter(person_id=row.photo.owner_id).first()
    shown = ProfilePhoto.objects.filter(photo=row.photo)
    if moved.transition == "remove":
        shown.delete()
        if moved.about_id:
            verdicts.report_decided(_as_warning(moved))
    elif row.why == "code" and not shown.update(waits=False):
        _show_again(row)


def _as_warning(moved: Moved) -> Moved:
    return Moved(**{**moved.__dict__, "transition": "warn"})


def _show_again(row: LookAlike) -> None:
    """At the end of what its owner shows by now."""
    photo = row.photo
    profile = Profile.objects.select_for_update().filter(person_id=photo.owner_id).first() if photo else None
    if photo is None or profile is None:
        return
    last = ProfilePhoto.objects.filter(profile=profile).order_by("-place").first()
    ProfilePhoto.objects.create(profile=profile, photo=photo, place=last.place + 1 if last else 0)
