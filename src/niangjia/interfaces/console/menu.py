"""The pages of the back office: what stands in the menu, and for whom. Scenes add theirs by their declaration."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.attestations.desk_roles import CONFIRM, VERIFY
from niangjia.core.messages.announcements import PUBLISH
from niangjia.core.registry import scenes
from niangjia.engines.workflow.types import PROCESSES
from niangjia.interfaces.console import permissions


@dataclass(frozen=True)
class Item:
    """A line of the menu, for holders of its permission or of any of several; `counts` names what the inbox counts."""

    title: object
    icon: str
    path: str
    permission: str = ""
    counts: str = ""
    any_of: frozenset[str] = frozenset()

    def opens_for(self, actor: Actor) -> bool:
        wanted = self.any_of or {self.permission}
        return not any(wanted) or any(actor.holds(permission) for permission in wanted)


@dataclass(frozen=True)
class Group:
    title: object
    items: tuple[Item, ...]


def _deciders() -> frozenset[str]:
    return frozenset(permission for process in PROCESSES.values() for permission in process.permissions)


def _groups() -> Iterator[Group]:
    yield Group(
        "",
        (
            Item(_("Waiting for me"), "inbox", "/console/", counts="all"),
            Item(_("Cockpit"), "monitoring", "/cockpit/", permissions.SEE_COCKPIT),
        ),
    )
    yield Group(
        _("To do"),
        (
            Item(_("Verify documents and employers"), "badge", "/console/verify", VERIFY, "verify"),
            Item(_("Confirm our people"), "how_to_reg", "/console/confirm", CONFIRM, "confirm"),
            Item(_("Reports and appeals"), "gavel", "/console/cases", counts="cases", any_of=_deciders()),
            Item(_("Member rolls"), "upload_file", "/console/rolls", "rolls.import"),
            Item(_("Announcements"), "campaign", "/console/announcements", PUBLISH),
        ),
    )
    yield from _of_scenes()
    yield Group(
        _("Look up"),
        (
            Item(_("People"), "group", "/console/people", permissions.SEE_PEOPLE),
            Item(_("Our people"), "groups", "/console/employment", CONFIRM),
            Item(_("Organisations"), "account_tree", "/console/orgs", "orgs.see"),
            Item(_("Employers"), "apartment", "/console/employers", "orgs.see"),
        ),
    )
    yield Group(
        _("Administration"),
        (
            Item(_("Roles"), "admin_panel_settings", "/console/roles", permissions.SEE_ROLES),
            Item(_("Log"), "history", "/console/log", permissions.SEE_LOG),
        ),
    )


def _of_scenes() -> Iterator[Group]:
    """A heading for every scene, and for a trade of its own within one."""
    found: dict[object, list[Item]] = {}
    for scene in scenes():
        for page in scene.console_pages:
            if not page.hidden:
                item = Item(page.title, page.icon, page.path, page.permission)
                found.setdefault(page.group or scene.title, []).append(item)
    yield from (Group(title, tuple(items)) for title, items in found.items())


def menu_for(actor: Actor) -> list[Group]:
    """Only what this actor may open: a hidden line and a refused page follow from the same permission."""
    shown = []
    for group in _groups():
        items = tuple(item for item in group.items if item.opens_for(actor))
        if items:
            shown.append(Group(group.title, items))
    return shown
