"""Roles and authenticators of the staff, and how everybody who has a name here signs in."""

import base64
import json
import os
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings

from niangjia.core.access import base_roles
from niangjia.core.access.models import RoleGrant
from niangjia.core.accounts.models import Person, SecondFactor
from niangjia.core.orgs.models import Employer, Org
from niangjia.demo.city import chats, matchmaking
from niangjia.demo.city.orgs import FOUNDED
from niangjia.demo.city.plan import City
from niangjia.demo.named import POSTS

Account = tuple[str, str]  # who, how


def appoint(city: City) -> None:
    """Give the staff their roles, tie an authenticator to each, and let every firm that is asked have a desk."""
    offices = {org.region: org for org in Org.objects.filter(form="", region__in={post.region for post in POSTS})}
    firm = Employer.objects.select_related("org").get(pk=city.employer_ids[city.named.firm]).org
    at = city.ago(FOUNDED)
    people = Person.objects.in_bulk([city.person_ids[row] for row in city.named.staff])
    for row, post in zip(city.named.staff, POSTS, strict=True):
        person = people[city.person_ids[row]]
        org = offices[post.region] if post.region else firm
        RoleGrant(person=person, org=org, role=post.role, granted_at=at).save(force_insert=True)
        secret = base64.b32encode(secrets.token_bytes(20)).decode()
        SecondFactor(person=person, secret=secret, confirmed_at=at).save(force_insert=True)
    _personnel(city, at)


def _personnel(city: City, at: datetime) -> None:
    """Somebody of each firm that is asked to confirm employments, besides the HR account's own."""
    people, facts = city.people, city.people.facts
    asked = {int(people.employer[row]) for row, stand in enumerate(facts.stand) if stand == "enterprise_asked"}
    free = {
        int(people.employer[row]): row
        for row in range(len(people))
        if facts.stand[row] in ("active", "idle") and row not in (city.named.woman, city.named.man)
    }
    own = {row for row in asked if city.employers.form[row] == "single"} - {city.named.firm}
    desks = {city.employer_ids[employer]: city.person_ids[free[employer]] for employer in sorted(own & free.keys())}
    unions = dict(Employer.objects.filter(pk__in=desks).values_list("pk", "org_id"))
    hr = base_roles.ENTERPRISE_HR.code
    RoleGrant.objects.bulk_create(
        RoleGrant(person_id=person, org_id=unions[employer], role=hr, granted_at=at)
        for employer, person in desks.items()
    )
    Person.objects.filter(pk__in=desks.values()).update(is_staff=True)


def hand_out_authenticators() -> None:
    """Nobody has the staff's authenticator apps at hand: the simulators show their six digits, in the demo only."""
    phones = {post.phone: post.title for post in POSTS}
    factors = SecondFactor.objects.filter(person__is_staff=True).select_related("person")
    shown = [
        {"who": phones[factor.person.phone], "phone": factor.person.phone, "secret": factor.secret}
        for factor in factors
        if factor.person.phone in phones
    ]
    path = Path(settings.VAR) / "simulators" / "authenticators.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(sorted(shown, key=lambda row: row["phone"]), ensure_ascii=False))
    draft.replace(path)


def accounts(city: City) -> list[Account]:
    """Lines to print. The newcomer's are what to type when being verified."""
    people, named = city.people, city.named
    woman, man, new = named.woman, named.man, named.newcomer
    firm = city.employers.name
    lines = [
        ("worker, a woman", f"{people.phone[woman]}  {people.legal_name[woman]}, verified, likes hiking"),
        ("worker, a man", f"{people.phone[man]}  {people.legal_name[man]}, verified, likes hiking too"),
        (
            "worker, new",
            f"{people.phone[new]}  to be verified: {people.legal_name[new]} {people.id_number[new]}, "
            f"works at {firm[people.employer[new]]}",
        ),
    ]
    pair = chats.partner(city)
    if pair is not None:
        lines.append(("worker, her pair", f"{people.phone[pair]}  {people.legal_name[pair]}, writes to her already"))
    told = matchmaking.story(city)
    if told is not None:
        daughter, son = told
        lines.append(
            ("worker, asks a matchmaker", f"{people.phone[daughter]}  {people.legal_name[daughter]}, has a record")
        )
        lines.append(
            ("worker, a son", f"{people.phone[son]}  {people.legal_name[son]}, his mother comes to the centre")
        )
    places = {POSTS[1].phone: f", {firm[named.firm]}"}
    staff = [(post.title, f"{post.phone}  {post.name}{places.get(post.phone, '')}") for post in POSTS]
    return [
        *lines,
        *staff,
        ("(all staff)", "back office; besides the code by text message, six digits from the authenticator page"),
    ]
