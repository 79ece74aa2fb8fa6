"""Pages of the back office. Every view declares its access; the server does not start otherwise."""

from django.urls import URLPattern, URLResolver, include, path

from niangjia.core import access
from niangjia.core.registry import scenes
from niangjia.interfaces.console.frame import framed
from niangjia.interfaces.console.pages import (
    announcements,
    cases,
    counter,
    inbox,
    people,
    requests,
    roles,
    rolls,
    sign_in,
    tree,
)
from niangjia.interfaces.console.site import site


def _scene_pages() -> list[URLPattern]:
    """Pages of the scenes, each under the path and permission that its declaration names."""
    pages = [page for scene in scenes() for page in scene.console_pages]
    return [
        path(page.path.removeprefix("/console/"), access.needs(page.permission, fresh=page.fresh)(framed(page.view)))
        for page in pages
        if page.path.startswith("/console/")
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", inbox.inbox),
    path("sign-in", sign_in.sign_in),
    path("sign-in/factor", sign_in.factor),
    path("sign-in/setup", sign_in.setup),
    path("sign-out", sign_in.sign_out),
    path("cases", cases.case_list),
    path("case", cases.case_page),
    path("case/take", cases.take),
    path("case/decide", cases.decide),
    path("verify", requests.verify_list),
    path("verify/in-person", counter.in_person),
    path("confirm", requests.confirm_list),
    path("request", requests.request_page),
    path("request/decide", requests.decide),
    path("people/reveal", people.ask_reveal),
    path("people/revealed", people.show_reveal),
    path("employment/left", people.left),
    path("roles/propose", roles.propose),
    path("roles/end", roles.end),
    path("roles/setup", roles.setup_secret),
    path("rolls", rolls.roll_list),
    path("rolls/upload", rolls.upload),
    path("rolls/one", rolls.one),
    path("rolls/bad", rolls.bad_rows),
    path("rolls/act", rolls.act),
    path("announcements/write", announcements.write),
    path("announcements/withdraw", announcements.withdraw),
    path("orgs/create", tree.create),
    path("orgs/rename", tree.rename),
    path("orgs/move", tree.move),
    path("orgs/merge", tree.merge),
    path("orgs/end", tree.end),
    path("orgs/register-employer", tree.register),
    path("employers/rename", tree.rename_employer),
    path("employers/move", tree.move_employer),
    path("employers/end", tree.end_employer),
    *_scene_pages(),
    path("", include((site.get_urls(), "admin"), namespace="console")),
]
