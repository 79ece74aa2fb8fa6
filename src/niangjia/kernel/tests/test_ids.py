"""Names of things tell nothing (check B11)."""

import re

from niangjia.kernel.ids import new_id, receipt_number


def test_keys_are_random_and_carry_no_time() -> None:
    keys = {new_id() for _ in range(10_000)}
    assert len(keys) == 10_000
    assert {key.version for key in keys} == {4}


def test_receipts_can_be_read_over_the_telephone_and_do_not_count_up() -> None:
    receipts = [receipt_number() for _ in range(5_000)]
    assert all(re.fullmatch(r"NJ-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", receipt) for receipt in receipts)
    assert len(set(receipts)) == 5_000
    assert receipts != sorted(receipts)
