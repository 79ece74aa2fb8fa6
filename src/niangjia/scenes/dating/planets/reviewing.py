"""Somebody of the union looks at a post: because of its words before it is shown, or because it was reported."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts import limits
from niangjia.core.messages import services as messages
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.types import Moved
from niangjia.kernel.errors import Invalid, NotFound
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.planets.errors import no_post
from niangjia.scenes.dating.planets.models import Meetup, Post, Review, States
from niangjia.scenes.dating.planets.selectors import one
from niangjia.scenes.dating.planets.types import LOOK_AT_POST
from niangjia.scenes.dating.selectors.people import member
from niangjia.scenes.dating.services import blocking
from niangjia.scenes.dating.types import REPORT_REASONS

A_DAY = (limits.Limit("dating-report", 10, 86400),)


def report(*, person_id: UUID, post_id: UUID, reason: str, now: datetime) -> Case:
    """Tell the union about a post. While it is being looked at, the same report is the same case."""
    me = member(person_id, now)
    seen = one(me, post_id, now)
    if reason not in REPORT_REASONS:
        raise Invalid(_("Please choose a reason."), fields={"reason": _("Please choose from the list.")})
    limits.take(A_DAY, who=str(person_id), now=now)
    with transaction.atomic():
        row = Post.objects.select_for_update(of=("self",)).filter(pk=seen.id).exclude(author=me).first()
        if row is None:
            raise no_post()
        there = Review.objects.filter(post=row, open=True).select_related("case").first()
        return there.case if there else open_review(row, why=reason, words=[], reporter=me, now=now)


def open_review(post: Post, *, why: str, words: Sequence[str], reporter: Profile | None, now: datetime) -> Case:
    case = workflow.open_case(
        kind=LOOK_AT_POST,
        org=post.planet.org,
        about_id=post.author.person_id,
        opened_by_id=reporter.person_id if reporter else None,
        summary="",  # what was said stands in the review, and is shown with the evidence
        now=now,
    )
    row = Review(case=case, post=post, reporter=reporter, why=why, words=" / ".join(words), said=post.text)
    row.save(force_insert=True)
    return case


def block(*, person_id: UUID, post_id: UUID, now: datetime) -> None:
    """Whose words I read I may block, also one of my own sex, whom no list shows me."""
    me = member(person_id, now)
    seen = one(me, post_id, now)
    if seen.mine:
        raise no_post()
    author = Profile.objects.get(pk=Post.objects.values_list("author", flat=True).get(pk=seen.id))
    blocking.part(me=me, other=author, now=now)


def decided(moved: Moved) -> None:
    """The author hears what became of their words and why, the reporter that it was decided; neither of the other."""
    row = Review.objects.filter(case=moved.case_id).select_related("post").first()
    if row is None:
        return
    Review.objects.filter(pk=row.pk).update(open=False)
    _settle(row, moved)
    if moved.opened_by_id:
        _tell(moved, moved.opened_by_id, "dating_post_report_decided", moved.receipt)


def appeal_decided(moved: Moved) -> None:
    """`opened_by` is who appealed: the author, or the one who reported."""
    first = Case.objects.values_list("appeal_of", flat=True).get(pk=moved.case_id)
    row = Review.objects.filter(case=first).select_related("post").first()
    if row is None:
        return
    if moved.transition != "keep":
        _settle(row, moved)
    if moved.opened_by_id and (moved.transition == "keep" or moved.opened_by_id != moved.about_id):
        _tell(moved, moved.opened_by_id, "dating_post_appeal_decided", moved.receipt)  # of their own appeal


def _settle(row: Review, moved: Moved) -> None:
    """What is taken down stays with its author, who reads why; what is let through is shown where it was said."""
    state = States.DOWN if moved.transition == "take_down" else States.SHOWN
    changed = Post.objects.filter(pk=row.post_id).exclude(state=state).update(state=state) if row.post_id else 0
    if changed and moved.about_id:
        template = "dating_post_down" if state == States.DOWN else "dating_post_shown"
        _tell(moved, moved.about_id, template, row.receipt)


def _tell(moved: Moved, person_id: UUID, template: str, receipt: str) -> None:
    messages.send(person_id=person_id, template=template, params={"receipt": receipt}, now=moved.now)


def appeal(*, person_id: UUID, receipt: str, text: str, now: datetime) -> Case:
    """Ask that another person looks again: at what was decided about my post or meet-up, or about one I reported."""
    said = Q(about_id=person_id, pk__in=Review.objects.filter(receipt=receipt).values("case"))
    told = Q(opened_by_id=person_id, receipt=receipt, pk__in=Review.objects.values("case"))
    idea = Q(about_id=person_id, receipt=receipt, pk__in=Meetup.objects.values("case"))
    case = Case.objects.filter(said | told | idea).first()
    if case is None:
        raise NotFound(_("We could not find that receipt."), next_step=_("Please look at it again."))
    return workflow.appeal(case=case, by_id=person_id, text=text, now=now)
