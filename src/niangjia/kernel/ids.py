"""Names of things. None tells how many there are or when they came (check B11)."""

import secrets
from uuid import UUID, uuid4

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: readable over the telephone


def new_id() -> UUID:
    """A random primary key."""
    return uuid4()


def receipt_number() -> str:
    """A number to quote to a person at a desk, such as `NJ-7KQ4-2MXD` (40 random bits)."""
    letters = "".join(secrets.choice(_CROCKFORD) for _ in range(8))
    return f"NJ-{letters[:4]}-{letters[4:]}"
