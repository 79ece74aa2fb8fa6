"""What can be looked up in the back office."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import actor_of
from niangjia.core.access.models import RoleGrant
from niangjia.core.access.roles import ROLES
from niangjia.core.accounts.codes import phone_index
from niangjia.core.accounts.models import Person
from niangjia.core.attestations import selectors as facts
from niangjia.core.attestations.desk_roles import CONFIRM
from niangjia.core.attestations.models import Attestation
from niangjia.core.audit.models import Event
from niangjia.core.messages.announcements import PUBLISH, AnnouncementPolicy
from niangjia.core.messages.models import Announcement
from niangjia.core.orgs import selectors as tree
from niangjia.core.orgs.models import Employer, Org, OrgHistory
from niangjia.core.orgs.policies import EmployerPolicy, OrgPolicy
from niangjia.interfaces.console import permissions, policies
from niangjia.interfaces.console.site import ConsoleAdmin, site
from niangjia.kernel import clock
from niangjia.kernel.china import mask_id_number, mask_name, mask_phone, parse_phone


def _told(lines: Iterable[OrgHistory]) -> list[dict[str, Any]]:
    """Lines of history with who did it, masked as everywhere."""
    shown = list(lines)
    by = Person.objects.in_bulk({line.by_id for line in shown if line.by_id})
    return [{"line": line, "by": _masked(by.get(line.by_id)) if line.by_id else ""} for line in shown]


def _masked(person: Person | None) -> str:
    return (mask_name(person.legal_name) or mask_phone(person.phone)) if person else ""


@admin.register(Org, site=site)
class OrgAdmin(ConsoleAdmin):
    policy = OrgPolicy()
    permission = "orgs.see"
    slug = "orgs"
    heading = _("Organisations")
    lead = _("Your organisations, in the order of the tree. Open one to see what hangs below it.")
    search_hint = _("Name of an organisation")
    list_display = ("indented", "level", "form")
    list_display_links = ("indented",)
    list_filter = ("level",)
    search_fields = ("name",)
    ordering = ("path",)
    shown = ("name", "level", "form", "region")
    record_template = "console/org.html"

    @admin.display(description=_("Known as"))
    def indented(self, org: Org) -> str:
        return "　" * (int(org.depth) - 1) + str(org.name)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Org]:
        return super().get_queryset(request).filter(ended_at=None)

    def more(self, request: HttpRequest, row: Org) -> dict[str, Any]:
        actor = actor_of(request)
        return {
            "children": tree.children(row),
            "above": OrgPolicy().which(actor, "see").filter(path__in=list(tree.paths_above(row.path))).order_by("path"),
            "employers": EmployerPolicy().which(actor, "see").filter(org=row, ended_at=None).order_by("name")[:50],
            "history": _told(tree.history(row)[:20]),
            "may_manage": OrgPolicy().may(actor, "manage", row) and row.ended_at is None,
            "may_place": OrgPolicy().may(actor, "place", row) and row.ended_at is None,
            "may_give_roles": any(row.path.startswith(root) for root in actor.paths(permissions.ASK_ROLES)),
            "may_publish": any(row.path.startswith(root) for root in actor.paths(PUBLISH)),
        }


@admin.register(Employer, site=site)
class EmployerAdmin(ConsoleAdmin):
    policy = EmployerPolicy()
    permission = "orgs.see"
    slug = "employers"
    heading = _("Employers")
    search_hint = _("Name or credit code of an employer")
    list_display = ("name", "industry", "union", "district")
    list_select_related = ("org",)
    search_fields = ("name", "uscc")
    ordering = ("name", "id")
    shown = ("name", "uscc", "industry", "union", "district", "created_at", "ended_at")

    record_template = "console/employer.html"

    @admin.display(description=_("Union"))
    def union(self, employer: Employer) -> str:
        return str(employer.org.name)

    def more(self, request: HttpRequest, row: Employer) -> dict[str, Any]:
        lines = OrgHistory.objects.filter(employer=row).select_related("org", "other").order_by("-at", "-id")
        managed = EmployerPolicy().may(actor_of(request), "manage", row) and row.ended_at is None
        return {"history": _told(lines[:20]), "may_manage": managed}


@admin.register(Person, site=site)
class PersonAdmin(ConsoleAdmin):
    policy = policies.people
    permission = permissions.SEE_PEOPLE
    slug = "people"
    heading = _("People")
    lead = _(
        "People whose employer belongs to your organisations. Names and numbers are masked; "
        "who needs one asks for it on the person's page, and a colleague must agree."
    )
    search_hint = _("The whole phone number")
    empty = _("Nobody found. Search by the whole phone number.")
    list_display = ("masked_name", "masked_phone", "sex", "created_at")
    list_display_links = ("masked_name",)
    list_filter = ("sex",)
    search_fields = ("id",)
    ordering = ("-created_at", "id")
    shown = ("masked_name", "masked_phone", "masked_id", "sex", "created_at")
    record_template = "console/person.html"

    @admin.display(description=_("Name"))
    def masked_name(self, person: Person) -> str:
        return mask_name(person.legal_name) or str(_("not verified yet"))

    @admin.display(description=_("Phone"))
    def masked_phone(self, person: Person) -> str:
        return mask_phone(person.phone)

    @admin.display(description=_("ID number"))
    def masked_id(self, person: Person) -> str:
        return mask_id_number(person.id_number) or "—"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Person], search_term: str
    ) -> tuple[QuerySet[Person], bool]:
        """By the whole phone number, through the blind index; parts of it find nothing."""
        if not search_term.strip():
            return queryset, False
        try:
            return queryset.filter(phone_index=phone_index(parse_phone(search_term))), False
        except ValueError:
            return queryset.none(), False

    def title_of(self, row: Person) -> str:
        return self.masked_name(row)

    def more(self, request: HttpRequest, row: Person) -> dict[str, Any]:
        actor = actor_of(request)
        return {
            "states": facts.facts_of(row.pk, clock.now()),
            "may_ask": policies.people.may(actor, "reveal", row),
        }


@admin.register(Attestation, site=site)
class EmploymentAdmin(ConsoleAdmin):
    policy = policies.employments
    permission = CONFIRM
    slug = "employment"
    heading = _("Our people")
    lead = _("People who are verified as working for you. What else they do here is not shown to anybody at work.")
    empty = _("Nobody is verified as working for you yet.")
    list_display = ("masked_name", "employer_name", "method", "made_at")
    list_display_links = ("masked_name",)
    list_select_related = ("person", "employer")
    list_filter = ("method",)
    ordering = ("-made_at", "id")
    shown = ("masked_name", "employer_name", "method", "issuer", "made_at")
    record_template = "console/employment.html"

    @admin.display(description=_("Name"))
    def masked_name(self, fact: Attestation) -> str:
        return mask_name(fact.person.legal_name) or mask_phone(fact.person.phone)

    @admin.display(description=_("Employer"))
    def employer_name(self, fact: Attestation) -> str:
        return fact.employer.name if fact.employer else ""

    def title_of(self, row: Attestation) -> str:
        return self.masked_name(row)


@admin.register(Announcement, site=site)
class AnnouncementAdmin(ConsoleAdmin):
    policy = AnnouncementPolicy()
    permission = PUBLISH
    slug = "announcements"
    heading = _("Announcements")
    lead = _("What your organisations told everybody at and below them.")
    empty = _("No announcement yet. Write the first one.")
    list_display = ("title", "organisation", "published_at", "standing")
    list_display_links = ("title",)
    list_select_related = ("org",)
    search_fields = ("title",)
    search_hint = _("Words of the title")
    ordering = ("-published_at", "id")
    shown = ("organisation", "published_at", "withdrawn_at")
    record_template = "console/announcement.html"
    change_list_template = "console/announcements.html"

    @admin.display(description=_("Organisation"))
    def organisation(self, notice: Announcement) -> str:
        return str(notice.org.name)

    @admin.display(description=_("State"))
    def standing(self, notice: Announcement) -> str:
        return str(_("Taken back") if notice.withdrawn_at else _("Published"))

    def title_of(self, row: Announcement) -> str:
        return row.title


@admin.register(RoleGrant, site=site)
class RoleAdmin(ConsoleAdmin):
    policy = policies.grants
    permission = permissions.SEE_ROLES
    slug = "roles"
    heading = _("Roles")
    lead = _("Who may do what, and where. A role is proposed by one person and agreed to by another.")
    list_display = ("holder", "role_title", "organisation", "granted_at")
    list_display_links = ("holder",)
    list_select_related = ("person", "org")
    ordering = ("org__path", "role", "id")
    shown = ("holder", "role_title", "organisation", "granted_at", "agreed_by")
    record_template = "console/role.html"
    change_list_template = "console/roles.html"

    @admin.display(description=_("Holder"))
    def holder(self, grant: RoleGrant) -> str:
        return f"{mask_name(grant.person.legal_name)} {mask_phone(grant.person.phone)}".strip()

    @admin.display(description=_("Role"))
    def role_title(self, grant: RoleGrant) -> str:
        return str(ROLES[grant.role].title) if grant.role in ROLES else grant.role

    @admin.display(description=_("Organisation"))
    def organisation(self, grant: RoleGrant) -> str:
        return str(grant.org.name)

    @admin.display(description=_("Agreed to by"))
    def agreed_by(self, grant: RoleGrant) -> str:
        by = grant.granted_by
        return (mask_name(by.legal_name) or mask_phone(by.phone)) if by else "—"

    def title_of(self, row: RoleGrant) -> str:
        return f"{self.holder(row)} · {self.role_title(row)}"

    def more(self, request: HttpRequest, row: RoleGrant) -> dict[str, Any]:
        return {"may_end": policies.grants.may(actor_of(request), "end", row)}


@admin.register(Event, site=site)
class LogAdmin(ConsoleAdmin):
    policy = policies.events
    permission = permissions.SEE_LOG
    slug = "log"
    heading = _("Log")
    lead = _("Everything that was done and looked at, in order. Names of columns are kept here, never what they held.")
    list_display = ("at", "action", "actor_id", "target_table", "purpose")
    list_display_links = ("at",)
    search_fields = ("action", "target_table", "actor_id", "subject_id")
    search_hint = _("Act, table or the id of a person")
    ordering = ("-at", "-id")
    shown = ("at", "action", "actor_id", "subject_id", "target_table", "target_id", "columns", "purpose", "place")

    def title_of(self, row: Event) -> str:
        return row.action
