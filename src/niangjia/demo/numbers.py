"""Numbers that check out and still can belong to nobody.

ID numbers: sequence codes 996 to 999 are kept by the registrars for people over a hundred years old, so nobody of
22 to 52 has one. Phones: 154 has not been given to any operator, so no SMS of the demo can reach a stranger. Credit
codes: an organisation code that begins with MY has, to our knowledge, never been issued.
"""

import numpy as np

from niangjia.demo.dice import Ints, Words

PHONE_BLOCK = 154_0000_0000
NAMED_PHONES = 1000_0000  # 154 0xxx xxxx is left to accounts with a name (the demo's worker, matchmaker ...)
_PHONE_STRIDE = 38_196_601  # coprime to 90,000,000: neighbours do not get neighbouring numbers, and none comes twice

_ID_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_ID_CHECKS = np.array(list("10X98765432"))
_ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
_ORG_CHECKS = "0123456789X"
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = [pow(3, place, 31) for place in range(17)]


def phones(index: Ints) -> list[str]:
    room = 1_0000_0000 - NAMED_PHONES
    return [str(n) for n in PHONE_BLOCK + NAMED_PHONES + (index * _PHONE_STRIDE + 4_321_987) % room]


def id_numbers(*, region: Ints, birth_date: Words, male: Ints, turn: Ints) -> list[str]:
    """GB 11643. `turn` 0 or 1 chooses between the two sequence codes that are left to each sex."""
    days = birth_date.astype("datetime64[D]").astype(str)
    dates = np.char.replace(days, "-", "").astype(np.int64)
    body = (region * 100_000_000 + dates) * 1000 + 996 + male + 2 * turn
    digits = body[:, None] // 10 ** np.arange(16, -1, -1, dtype=np.int64) % 10
    checks = _ID_CHECKS[(digits * _ID_WEIGHTS).sum(axis=1) % 11]
    return [f"{number}{check}" for number, check in zip(body.tolist(), checks.tolist(), strict=True)]


def org_code(serial: int) -> str:
    """GB 11714: MY, six characters, and a check character."""
    body = ""
    for _ in range(6):
        serial, rest = divmod(serial, len(USCC_ALPHABET))
        body = USCC_ALPHABET[rest] + body
    values = [int(char, 36) for char in "MY" + body]
    total = sum(value * weight for value, weight in zip(values, _ORG_WEIGHTS, strict=True))
    return f"MY{body}{_ORG_CHECKS[-total % 11]}"


def credit_code(*, kind: str, region: str, serial: int) -> str:
    """GB 32100. `kind`: 91 company, 12 public institution, 52 private school or clinic, 81 trade union."""
    body = f"{kind}{region}{org_code(serial)}"
    total = sum(USCC_ALPHABET.index(char) * weight for char, weight in zip(body, _USCC_WEIGHTS, strict=True))
    return body + USCC_ALPHABET[-total % 31]
