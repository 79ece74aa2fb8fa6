"""The big city a run stands on: loaded once, kept, and some of its people signed in."""

import random
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, transaction

from niangjia.core.accounts import codes, services
from niangjia.core.accounts.models import Person, SignInCode
from niangjia.core.accounts.sessions import SessionStore
from niangjia.demo.seed import load_city
from niangjia.kernel import clock
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.models import Decision, Profile, SeenOfDay

CODE = "123456"


@dataclass(frozen=True)
class Member:
    """Somebody signed in: their token, and their profile's id."""

    token: str
    person: UUID
    profile: UUID
    sex: str


def load(people: int) -> None:
    """`people` counts those registered; about three in five have a profile that others see."""
    load_city(people=people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def visible() -> int:
    return Profile.objects.filter(verified_until__gt=clock.now()).exclude(visibility="paused").count()


def members(count: int, *, seed: int) -> list[Member]:
    """Verified singles, picked at random and signed in."""
    standing = Profile.objects.filter(verified_until__gt=clock.now(), visibility="verified", barred_until=None)
    ids = list(standing.order_by("pk").values_list("pk", flat=True)[: count * 20])
    chosen = random.Random(seed).sample(ids, min(count, len(ids)))
    rows = Profile.objects.filter(pk__in=chosen).order_by("pk").values_list("person_id", "pk", "sex")
    with transaction.atomic():
        return [Member(_token(person), person, profile, sex) for person, profile, sex in rows]


def _token(person_id: UUID) -> str:
    session: SessionBase = SessionStore()
    services._begin(session, Person.objects.get(pk=person_id), now=clock.now())
    return session.session_key or ""


def strangers_to(members: list[Member], count: int, *, seed: int) -> list[tuple[Member, UUID]]:
    """Pairs of a member and somebody of the other sex about whom they have not decided."""
    rng = random.Random(seed)
    pool = {
        sex: list(
            Profile.objects.filter(sex=sex, verified_until__gt=clock.now(), visibility="verified", barred_until=None)
            .order_by("pk")
            .values_list("pk", flat=True)[:20000]
        )
        for sex in ("f", "m")
    }
    decided = set(Decision.objects.filter(chooser__in=[m.profile for m in members]).values_list("chooser", "chosen"))
    pairs: dict[tuple[UUID, UUID], Member] = {}
    while len(pairs) < count:
        member = rng.choice(members)
        other = rng.choice(pool["m" if member.sex == "f" else "f"])
        if (member.profile, other) not in decided:
            pairs[member.profile, other] = member
    return [(member, other) for (_, other), member in pairs.items()]


def codes_sent(count: int) -> list[tuple[str, UUID]]:
    """Phones with a code on its way, as if each had just asked: (phone, challenge). All codes are CODE."""
    now = clock.now()
    sent = [(f"15599{number:06}", new_id()) for number in range(count)]
    SignInCode.objects.bulk_create(
        SignInCode(
            id=challenge,
            phone_index=codes.phone_index(phone),
            mac=codes._mac(challenge, CODE, codes.SIGN_IN),
            sent_at=now,
            expires_at=now + timedelta(minutes=30),
        )
        for phone, challenge in sent
    )
    return sent


def forget_the_day() -> None:
    """Everybody may look at a full day's number again."""
    SeenOfDay.objects.all().delete()
