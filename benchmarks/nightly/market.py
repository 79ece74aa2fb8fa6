"""The demo city, and everybody in it agreed to a personal order."""

from uuid import UUID

from django.db import connection

from niangjia.core.consent import purposes
from niangjia.core.consent.types import PURPOSES
from niangjia.demo.seed import load_city
from niangjia.scenes.dating.models import Profile

REGISTERED = 1.85  # for one who stands in the market, so many sign up in the demo city
_AGREE = """
INSERT INTO consent_consentrecord (person_id, purpose, version, text_hash, given, at)
SELECT p.person_id, %(purpose)s, %(version)s, '', true, now() FROM dating_profile p
 WHERE NOT EXISTS (SELECT FROM consent_consentrecord c
                    WHERE c.person_id = p.person_id AND c.purpose = %(purpose)s AND c.given)
"""


def load(people: int) -> None:
    """Loaded already: nothing to do."""
    load_city(people=int(people * REGISTERED))
    purpose = PURPOSES[purposes.PERSONAL_ORDER]
    with connection.cursor() as cursor:
        cursor.execute(_AGREE, {"purpose": purpose.code, "version": purpose.version})
        cursor.execute("ANALYZE")


def some(count: int) -> list[UUID]:
    return list(
        Profile.objects.filter(visibility="verified").order_by("pk").values_list("person_id", flat=True)[:count]
    )
