"""`python -m benchmarks.claims.torture`: races, repeats and kill -9, by the thousand, against a database of its own.

1. Races: in each round more people than places claim, give back and wait at once (check F1).
2. Repeats: one request sent ten thousand times, many at once, is one place (check F2).
3. Kills: processes that claim and give back are killed at random, and now and then a process of the database, whereupon
   PostgreSQL ends all of its own and recovers (check F4). Whatever was acknowledged must be there.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.installation import machine, scratch
from benchmarks.table import table


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1_000)
    parser.add_argument("--repeats", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=1_000)
    options = parser.parse_args()
    with scratch(keep=Path("var") / "bench-torture"), tempfile.TemporaryDirectory() as folder:
        from benchmarks.claims import cruelty  # noqa: PLC0415  # models exist only inside scratch()

        rows = [
            ("races", f"{options.rounds:,} rounds", *cruelty.races(options.rounds)),
            ("repeats", f"{options.repeats:,} requests", *cruelty.repeats(options.repeats)),
            ("kill -9", f"{options.kills:,} kills", *cruelty.kills(options.kills, Path(folder) / "said")),
        ]
    print(table("What must not happen", ("test", "how often", "done", "oversold", "lost", "other errors"), rows))
    print(machine())
    return 1 if any(bad for row in rows for bad in row[3:]) else 0


if __name__ == "__main__":
    sys.exit(main())
