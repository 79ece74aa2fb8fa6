"""Records in the back office: Django's admin, with one door to rows (the policy) and one declaration for every view.

From unfold come the admin class and its icons; the page skeleton is ours (see `headers.policy`). Records are facts:
they are looked at here and changed only by services, on pages of their own.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.admin.utils import display_for_value, label_for_field, lookup_field
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.sites import UnfoldAdminSite

from niangjia.core import access
from niangjia.core.access.policies import Policy
from niangjia.interfaces.console.frame import frame, page
from niangjia.kernel.errors import NotFound


class ConsoleSite(UnfoldAdminSite):  # type: ignore[misc]  # unfold ships no types
    """Only the lists and pages that `ConsoleAdmin` declares: no index, no search over everything, no autocomplete."""

    def get_urls(self) -> list[URLPattern]:
        return [route for admin in self._registry.values() for route in admin.routes()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return frame(request)

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(access.actor_of(request).grants)


site = ConsoleSite(name="console")

# What columns are called for people; models speak to developers.
LABELS = {
    "name": _("Known as"),
    "level": _("Level"),
    "form": _("Form"),
    "region": _("Region code"),
    "district": _("District code"),
    "uscc": _("Credit code"),
    "industry": _("Trade"),
    "sex": _("Sex"),
    "created_at": _("Registered on"),
    "ended_at": _("Ended"),
    "made_at": _("Verified on"),
    "method": _("How it was verified"),
    "issuer": _("Who vouched"),
    "granted_at": _("Since"),
    "title": _("Title"),
    "published_at": _("Published"),
    "withdrawn_at": _("Taken back"),
    "at": _("When"),
    "action": _("Act"),
    "actor_id": _("By"),
    "subject_id": _("About"),
    "target_table": _("Table"),
    "target_id": _("Row"),
    "columns": _("Columns"),
    "purpose": _("Purpose"),
    "place": _("Place in the chain"),
}


class ConsoleAdmin(ModelAdmin):  # type: ignore[misc]  # unfold ships no types
    """A kind of rows to look at. `policy` is the only way to them; a class without one refuses to start."""

    policy: ClassVar[Policy[Any]]
    permission: ClassVar[str] = ""
    slug: ClassVar[str] = ""
    heading: ClassVar[object] = ""
    lead: ClassVar[object] = ""
    empty: ClassVar[object] = _("Nothing here yet.")
    shown: ClassVar[tuple[Any, ...]] = ()
    record_template: ClassVar[str] = "console/record.html"
    change_list_template = "console/list.html"
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    actions = None
    search_hint: ClassVar[object] = _("Search")

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not isinstance(getattr(cls, "policy", None), Policy) or not cls.permission or not cls.slug:
            raise ImproperlyConfigured(f"{cls.__name__} needs a policy, a permission and a slug")

    def routes(self) -> list[URLPattern]:
        """Two views, both declared; what Django adds by itself (history, delete, autocomplete) is left out."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(self.slug, self._declared(self.changelist_view), name=f"{name}_changelist"),
            path(f"{self.slug}/<path:object_id>/", self._declared(self.record_view), name=f"{name}_change"),
        ]

    def _declared(self, method: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @access.needs(self.permission)
        def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return method(request, **kwargs)

        return view

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = self.policy.which(access.actor_of(request), "see")
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only filters that stand on the page: a query string must not probe hidden columns."""
        return lookup.removesuffix("__exact") in {name for name in self.list_filter if isinstance(name, str)}

    def get_list_filter(self, request: HttpRequest) -> Any:
        relations = [name for name in self.list_filter if isinstance(name, str) and self._is_relation(name)]
        if relations:
            raise ImproperlyConfigured(f"{relations} would list rows that the reader may not see")
        return self.list_filter

    def _is_relation(self, name: str) -> bool:
        return "__" in name or bool(self.opts.get_field(name).is_relation)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return access.actor_of(request).holds(self.permission)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        request.current_app = self.admin_site.name
        filled = request.GET.copy()
        for name in [name for name, value in filled.items() if value == ""]:
            del filled[name]  # an empty choice of a filter means: all
        request.GET = filled  # type: ignore[assignment]  # a copy that only this view sees
        told = {"title": self.heading, "admin": self, **(extra_context or {})}
        response: HttpResponse = super().changelist_view(request, told)
        return response

    def record_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """One row, if it is the actor's to see; missing and another's look the same."""
        row = self._row(request, object_id)
        return page(
            request,
            self.record_template,
            self.title_of(row),
            row=row,
            facts=[(self.label(name), self._value(name, row)) for name in self.shown],
            back=f"/console/{self.slug}",
            back_title=self.heading,
            **self.more(request, row),
        )

    def _row(self, request: HttpRequest, object_id: str) -> Any:
        try:
            return self.policy.get(access.actor_of(request), "see", pk=object_id)
        except (ValidationError, ValueError) as error:
            raise NotFound(_("We could not find that."), next_step=_("Please go back and look again.")) from error

    def label(self, name: str) -> str:
        return str(LABELS.get(name) or label_for_field(name, self.model, self))

    def _value(self, name: str, row: Any) -> str:
        field, _attr, value = lookup_field(name, row, self)
        if field is not None and getattr(field, "flatchoices", None):
            value = dict(field.flatchoices).get(value, value)
        return str(display_for_value(value, "—"))

    def title_of(self, row: Any) -> str:
        return str(row)

    def more(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What else the page of one row shows."""
        return {}
