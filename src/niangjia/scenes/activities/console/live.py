"""Questions to a lecture, and what stands on the wall while it runs."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.pages import go, key_of, named
from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.scenes.activities.console.frame import HOME, shown
from niangjia.scenes.activities.policies import activities
from niangjia.scenes.activities.selectors import desk
from niangjia.scenes.activities.services import desk as deciding


def questions(request: HttpRequest) -> Shown | HttpResponse:
    """The queue: let through, answer, leave aside. Who asked is nobody's business here."""
    if not named(request):
        return go(HOME)
    actor = access.actor_of(request)
    row = activities.get(actor, "run", pk=key_of(request))
    if request.method == "POST":
        deciding.moderate(
            actor=actor,
            question_id=key_of(request, "question"),
            state=request.POST.get("state", ""),
            answer=request.POST.get("answer", ""),
            now=clock.now(),
        )
        return go(f"{HOME}/questions", key=str(row.pk))
    title = _("Questions")
    return shown(request, "questions.html", title, row=row, questions=desk.questions_of(row))
