"""A process that claims places for the people on its standard input, and says so once each place is acknowledged.

`python -m niangjia.engines.allocation.tests.claimer SLOT`, lines of `person request_key`. A test kills it.
"""

import sys
from uuid import UUID

import django


def main() -> None:
    django.setup()
    from niangjia.engines.allocation import services  # noqa: PLC0415  # models exist only after setup
    from niangjia.engines.allocation.errors import Full  # noqa: PLC0415  # same
    from niangjia.engines.allocation.types import Claimant  # noqa: PLC0415  # same

    slot_id = UUID(sys.argv[1])
    for line in sys.stdin:
        person, key = line.split()
        try:
            got = services.claim(slot_id=slot_id, by=Claimant(UUID(person)), request_key=UUID(key), now=None)
            sys.stdout.write(f"{person} {got.booking_id}\n")
        except Full:
            sys.stdout.write(f"{person} full\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
