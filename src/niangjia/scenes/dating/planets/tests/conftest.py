"""Alice and bob can meet, charlie looks on, carol is bob's colleague."""

from niangjia.scenes.dating.tests.conftest import (
    alice,
    attest,
    bob,
    carol,
    charlie,
    firms,
    house,
    now,
    phone,
    single,
)

__all__ = ["alice", "attest", "bob", "carol", "charlie", "firms", "house", "now", "phone", "single"]
