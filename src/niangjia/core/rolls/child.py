"""The reading process: a file on standard input, its rows as lines of JSON on standard output.

It knows no database, no keys and no Django; when a hostile file breaks it, nothing else breaks.
"""

import json
import resource
import sys
from collections.abc import Iterator
from itertools import islice

from niangjia.core.rolls.tables import FILE_LIMIT, Refused, Row, members

MEMORY = 300 * 2**20
SECONDS = 40
BATCH = 2_000


def batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # others do not keep this limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    say = sys.stdout.write
    try:
        for batch in batches(members(sys.stdin.buffer.read(FILE_LIMIT + 1))):
            say(json.dumps({"rows": batch}, ensure_ascii=False) + "\n")
        say('{"end": true}\n')
    except Refused as refused:
        say(json.dumps({"refused": refused.code}) + "\n")
    except MemoryError:
        say('{"refused": "too_big"}\n')


if __name__ == "__main__":
    main()
