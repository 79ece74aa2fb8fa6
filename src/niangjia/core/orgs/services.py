"""Founding, renaming, moving, merging and ending organisations. Every change leaves a line of history.

Roles are read with every request by the path of their organisation, so a move counts from its commit on. Whoever lost
reach by it is signed out besides (check B5).
"""

import csv
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.access.models import RoleGrant
from niangjia.core.access.types import Actor
from niangjia.core.accounts.services import end_sessions
from niangjia.core.orgs import selectors
from niangjia.core.orgs.models import Employer, Form, Level, Org, OrgHistory, What
from niangjia.core.orgs.policies import OrgPolicy
from niangjia.kernel.errors import Conflict, Invalid

_ORDER = {level: at for at, level in enumerate(Level.values)}
_TREE_LOCK = 0x74726565  # "tree": paths are rewritten by one at a time


def create(
    *,
    parent_id: UUID,
    name: str,
    level: str,
    form: str = "",
    region: str = "",
    actor: Actor,
    reason: str = "",
    now: datetime,
) -> Org:
    """Found an organisation below `parent_id`."""
    with transaction.atomic():
        _lock_tree()
        parent = _living(OrgPolicy().get(actor, "manage", pk=parent_id))
        _check_place(level, form, parent)
        org: Org = Org.objects.add_child(
            parent, {"name": checked_name(name), "level": level, "form": form, "region": region}
        )
        note(org, What.CREATED, after=org.name, other=parent, actor=actor, reason=reason, now=now)
    return org


def rename(*, org_id: UUID, name: str, actor: Actor, reason: str, now: datetime) -> Org:
    with transaction.atomic():
        org = _living(OrgPolicy().get(actor, "manage", pk=org_id))
        before, org.name = org.name, checked_name(name)
        org.save(update_fields=["name"])
        note(org, What.RENAMED, before=before, after=org.name, actor=actor, reason=reason, now=now)
    return org


def move(*, org_id: UUID, parent_id: UUID, actor: Actor, reason: str, now: datetime) -> Org:
    """Hang an organisation with everything below it under another one. Both places must be the actor's to manage."""
    with transaction.atomic():
        _lock_tree()
        org = _living(OrgPolicy().get(actor, "place", pk=org_id))
        parent = _living(OrgPolicy().get(actor, "manage", pk=parent_id))
        _check_place(org.level, org.form, parent)
        before = _parent(org)
        _hang(org, parent)
        note(org, What.MOVED, before=before.name, after=parent.name, other=before, actor=actor, reason=reason, now=now)
    return org


def merge(*, org_id: UUID, into_id: UUID, actor: Actor, reason: str, now: datetime) -> Org:
    """Merge an organisation into another of its level: children, firms and roles go over.

    What else was written about it (cases, rolls, notices) stays with it; it lives on as an ended child of the other, so
    that those who look after the other reach all of it.
    """
    with transaction.atomic():
        _lock_tree()
        org = _living(OrgPolicy().get(actor, "place", pk=org_id))
        into = _living(OrgPolicy().get(actor, "manage", pk=into_id))
        _check_merge(org, into)
        for branch in selectors.children(org):
            _hang(branch.org, into)
            note(
                branch.org, What.MOVED, before=org.name, after=into.name, other=org, actor=actor, reason=reason, now=now
            )
        Employer.objects.filter(org=org).update(org=into)
        _hand_over_roles(org, into, now)
        org.refresh_from_db()
        _hang(org, into)
        Org.objects.filter(pk=org.pk).update(ended_at=now)
        note(org, What.MERGED, before=org.name, after=into.name, other=into, actor=actor, reason=reason, now=now)
        into.refresh_from_db()
    return into


def end(*, org_id: UUID, actor: Actor, reason: str, now: datetime) -> None:
    """End an organisation that has nothing below it any more; its roles end with it."""
    with transaction.atomic():
        _lock_tree()
        org = _living(OrgPolicy().get(actor, "place", pk=org_id))
        if selectors.subtree(org).exclude(pk=org.pk).exists() or org.employers.filter(ended_at=None).exists():
            raise Conflict(
                _("There are still offices or firms below it."), next_step=_("Move them or merge it into another one.")
            )
        held = RoleGrant.objects.filter(org=org, ended_at=None)
        _sign_out(held.values_list("person_id", flat=True))
        held.update(ended_at=now)
        Org.objects.filter(pk=org.pk).update(ended_at=now)
        note(org, What.ENDED, before=org.name, actor=actor, reason=reason, now=now)


def load_divisions(rows: Iterable[str], *, only: str = "", now: datetime) -> int:
    """Plant the general unions of the divisions in `data/divisions.csv` (its lines).

    `only` is how their codes must begin: 33 is Zhejiang. For setting up: it asks for no actor. What is there already
    (by region) stays; returns how many were planted.
    """
    with transaction.atomic():
        _lock_tree()
        known = {org.region: org for org in Org.objects.exclude(region="").filter(form="")}
        free: dict[str, int] = {}
        planted = []
        for row in csv.DictReader(rows):
            if row["code"] in known or not row["code"].startswith(only):
                continue
            org = _seedling(row, known.get(row["parent"]), free)
            known[org.region] = org
            planted.append(org)
        Org.objects.bulk_create(planted, batch_size=1000)
        _recount_children()
        OrgHistory.objects.bulk_create(
            (OrgHistory(org=org, what=What.CREATED, after=org.name, at=now) for org in planted), batch_size=1000
        )
    return len(planted)


def _seedling(row: dict[str, str], parent: Org | None, free: dict[str, int]) -> Org:
    """A general union with its path worked out; `free` keeps the next free place below each path."""
    above = parent.path if parent else ""
    if above not in free:
        depth = len(above) // Org.steplen + 1
        last = Org.objects.filter(path__startswith=above, depth=depth).order_by("path").last()
        free[above] = (last._get_lastpos_in_path() if last else 0) + 1
    depth = len(above) // Org.steplen + 1
    path = Org._get_path(above, depth, free[above])
    free[above] += 1
    return Org(path=path, depth=depth, name=f"{row['name']}总工会", level=row["level"], region=row["code"])


def _recount_children() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE orgs_org o SET numchild = c.n FROM (SELECT left(path, -%(step)s) AS above, count(*) AS n "
            "FROM orgs_org GROUP BY 1) c WHERE o.path = c.above AND o.numchild <> c.n",
            {"step": Org.steplen},
        )


def checked_name(name: str) -> str:
    clean = " ".join(name.split())
    if not 2 <= len(clean) <= 120 or not clean.isprintable():
        hint = _("Please give a name of 2 to 120 characters.")
        raise Invalid(hint, fields={"name": hint})
    return clean


def note(
    org: Org,
    what: str,
    *,
    employer: Employer | None = None,
    before: str = "",
    after: str = "",
    other: Org | None = None,
    actor: Actor,
    reason: str,
    now: datetime,
) -> None:
    """A line of history, in the transaction of what it tells."""
    OrgHistory(
        org=org,
        employer=employer,
        what=what,
        before=before,
        after=after,
        other=other,
        by_id=actor.person_id,
        at=now,
        reason=reason[:200],
    ).save(force_insert=True)


def _lock_tree() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE_LOCK])


def _living(org: Org) -> Org:
    if org.ended_at is not None:
        raise Conflict(_("This organisation has ended."), next_step=_("Look for the one it was merged into."))
    return org


def _parent(org: Org) -> Org:
    parent: Org = Org.objects.get(path=org.path[: -Org.steplen])
    return parent


def _check_place(level: str, form: str, parent: Org) -> None:
    if (
        level not in _ORDER
        or form not in Form.values
        or (form != "" and level != Level.ENTERPRISE)
        or (level == Level.ENTERPRISE and form == "")
    ):
        raise Invalid(_("A grassroots union has a form (one firm, many firms, a trade); an office has none."))
    deeper = _ORDER[level] > _ORDER[parent.level]
    branch = level == parent.level == Level.ENTERPRISE  # a company's branches, the firms of an industry union
    if not (deeper or branch):
        raise Invalid(_("An organisation hangs below one of a higher level."))


def _check_merge(org: Org, into: Org) -> None:
    if org.pk == into.pk or into.path.startswith(org.path):
        raise Invalid(_("An organisation cannot be merged into itself or into one below it."))
    if org.level != into.level:
        raise Invalid(_("Only organisations of the same level can be merged."))


def _hang(org: Org, parent: Org) -> None:
    """Rewrite the paths, and sign out the staff whose reach changed: those in the subtree, and those it is lost to."""
    if parent.path.startswith(org.path):
        raise Invalid(_("An organisation cannot be moved below itself."))
    lost = set(selectors.paths_above(org.path)) - {*selectors.paths_above(parent.path), parent.path}
    held = RoleGrant.objects.filter(ended_at=None)
    inside = held.filter(org__path__startswith=org.path).values_list("person_id", flat=True)
    above = held.filter(org__path__in=lost).values_list("person_id", flat=True)
    _sign_out({*inside, *above})
    Org.objects.move(org, parent, pos="last-child")
    org.refresh_from_db()
    parent.refresh_from_db()


def _sign_out(people: Iterable[UUID]) -> None:
    for person_id in sorted(set(people)):
        end_sessions(person_id=person_id)


def _hand_over_roles(org: Org, into: Org, now: datetime) -> None:
    """Roles on `org` become roles on `into`; one held on both is kept once."""
    held = RoleGrant.objects.filter(org=org, ended_at=None)
    _sign_out(held.values_list("person_id", flat=True))
    there = set(RoleGrant.objects.filter(org=into, ended_at=None).values_list("person_id", "role"))
    for grant in held:
        if (grant.person_id, grant.role) in there:
            RoleGrant.objects.filter(pk=grant.pk).update(ended_at=now)
        else:
            RoleGrant.objects.filter(pk=grant.pk).update(org=into)
