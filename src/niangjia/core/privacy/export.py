"""Everything the house holds of one person, machine readable, and nothing of anybody else (check E7)."""

import base64
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from niangjia.core.access.roles import ROLES
from niangjia.core.accounts.models import Person
from niangjia.core.attestations import selectors as attestations
from niangjia.core.consent.models import ConsentRecord
from niangjia.core.files import store
from niangjia.core.messages.models import Note
from niangjia.core.messages.types import TEMPLATES
from niangjia.core.privacy import looks
from niangjia.core.registry import scenes
from niangjia.core.rolls import selectors as rolls

# Every model of the core that points at a person, and where it is in the export or why it is not. A test compares.
MODELS: Final[Mapping[str, str]] = {
    "accounts.Person": "account",
    "accounts.Session": "account",
    "accounts.OutsideAccount": "account",
    "accounts.SecondFactor": "account",
    "accounts.Ticket": "left out: a secret that lives for minutes",
    "access.RoleGrant": "account",
    "inbox.Note": "inbox",
    "inbox.Outbound": "left out: emptied as soon as it is sent",
    "inbox.Announcement": "left out: published by an office, not by a person",
    "files.Photo": "photos",
    "consent.ConsentRecord": "consents",
    "rolls.Import": "left out: a cadre's work, not a fact about them; the rolls one stands on are in rolls",
    "attestations.Attestation": "facts",
    "attestations.IdentityCheck": "left out: emptied as soon as it ends, its result is in facts",
    "attestations.Request": "requests",
}


def export(*, person: Person, now: datetime) -> dict[str, Any]:
    return {
        "made_at": now,
        "account": _account(person),
        "facts": _rows(
            person.attestations.order_by("made_at"),
            ("kind", "method", "issuer", "employer__name", "made_at", "expires_at", "fallen_at", "fall_reason"),
        ),
        "facts_now": [vars(fact) for fact in attestations.facts_of(person.pk, now)],
        "requests": [_request(request) for request in person.fact_requests.order_by("made_at").select_related("org")],
        "rolls": _rows(rolls.entries_of(person).order_by("employer__name"), ("employer__name", "joined_on")),
        "consents": _rows(
            ConsentRecord.objects.filter(person=person).order_by("id"), ("purpose", "version", "given", "at")
        ),
        "photos": [_photo(photo) for photo in person.photos.order_by("made_at")],
        "inbox": [_note(note) for note in person.notes.order_by("at")],
        "looks": _looks(person),
        "scenes": {scene.slug: scene.export(person.pk) for scene in scenes() if scene.export},
    }


def _account(person: Person) -> dict[str, Any]:
    return {
        "id": person.pk,
        "phone": person.phone,
        "legal_name": person.legal_name,
        "id_number": person.id_number,
        "birth_date": person.birth_date,
        "sex": person.sex,
        "language": person.language,
        "large_type": person.large_type,
        "created_at": person.created_at,
        "signed_in_since": list(person.sessions.order_by("created_at").values_list("created_at", flat=True)),
        "outside_accounts": [
            {"provider": account.provider, "open_id": account.open_id, "linked_at": account.linked_at}
            for account in person.outside_accounts.order_by("linked_at")
        ],
        "second_factor": hasattr(person, "second_factor"),
        "roles": [
            {
                "role": str(ROLES[grant.role].title) if grant.role in ROLES else grant.role,
                "org": grant.org.name,
                "granted_at": grant.granted_at,
                "ended_at": grant.ended_at,
            }
            for grant in person.role_grants.select_related("org").order_by("granted_at")
        ],
    }


def _rows(rows: QuerySet[Any], columns: Iterable[str]) -> list[dict[str, Any]]:
    return list(rows.values(*columns))


def _request(request: Any) -> dict[str, Any]:
    """Who decided is an office here: a colleague's name is not the person's data."""
    return {
        "receipt": request.receipt,
        "kind": request.kind,
        "office": request.org.name,
        "state": request.state,
        "legal_name": request.legal_name,
        "id_number": request.id_number,
        "made_at": request.made_at,
        "due_on": request.due_on,
        "decided_at": request.decided_at,
        "reason": request.reason,
    }


def _photo(photo: Any) -> dict[str, Any]:
    data = store.read(photo, "full")
    return {
        "id": photo.pk,
        "purpose": photo.purpose,
        "made_at": photo.made_at,
        "width": photo.width,
        "height": photo.height,
        "jpeg_base64": base64.b64encode(data).decode() if data else None,
    }


def _note(note: Note) -> dict[str, Any]:
    title, body = TEMPLATES[note.template].render(note.params)
    return {"at": note.at, "title": title, "body": body, "read_at": note.read_at}


def _looks(person: Person) -> list[dict[str, Any]]:
    events = list(looks.shown_to(person.pk))
    return [vars(look) for look in looks.in_words(events, person_id=person.pk)]
