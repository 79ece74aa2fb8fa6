"""python -m benchmarks.matching [--row 1 --row 4b] [--quick] [--data FILE] [--json FILE]

Prints every row of the targets beside its peers, measured in the same run.
"""

import argparse
import json
import os
import platform
from pathlib import Path

from benchmarks.matching import clearing, pairing, preferences
from benchmarks.matching.measure import Case, Figure, Job, measure

CASES = [*pairing.CASES[:1], *clearing.CASES, *pairing.CASES[1:], *preferences.CASES]
LONG = {"4b"}  # left out of --quick


def main() -> None:
    options = _options()
    chosen = [case for case in CASES if _wanted(case, options)]
    job = Job(quick=options.quick, data=options.data)
    print(_header(), flush=True)
    figures = []
    for case in chosen:
        figures.append(measure(case, job))
        print(_line(figures[-1]), flush=True)
    print(_missed(figures))
    if options.data is None and not options.row:
        print("row 7 was left out: give the speed-dating data by --data FILE")
    for figure in figures:
        if card := figure.values.pop("card", None):
            print(f"\n{card}")
    if options.json:
        report = {"machine": _machine(), "quick": options.quick, "figures": [f.as_json() for f in figures]}
        options.json.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _missed(figures: list[Figure]) -> str:
    missed = [f"row {f.row}, {f.what} ({f.target})" for f in figures if f.reached is False]
    aimed = sum(f.reached is not None for f in figures)
    return f"\n{aimed - len(missed)} of {aimed} targets reached" + "".join(f"\nMISSED: {line}" for line in missed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--row", action="append", metavar="ROW", help="only this row; may be given again")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that everything runs")
    parser.add_argument("--ours", action="store_true", help="leave the peers out")
    parser.add_argument("--data", type=Path, metavar="FILE", help="speed-dating data (csv.gz) for row 7")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the same figures here")
    return parser.parse_args()


def _wanted(case: Case, options: argparse.Namespace) -> bool:
    if options.row:
        return case.row in options.row and (not options.ours or case.who.startswith("ours"))
    if options.ours and not case.who.startswith("ours"):
        return False
    if options.quick and case.row in LONG:
        return False
    return case.row != "7" or options.data is not None


def _machine() -> dict[str, object]:
    """Busy neighbours make times longer: the load says whether there were any."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_per_core": round(os.getloadavg()[0] / (os.cpu_count() or 1), 2),
    }


def _header() -> str:
    head = f"{'row':4}{'what':40}{'who':22}{'seconds':>10}{'peak MB':>9}  {'target':28} figures"
    return f"{_machine()}\n{head}\n{'-' * 150}"


def _line(f: Figure) -> str:
    verdict = {True: "reached: ", False: "MISSED:  ", None: ""}[f.reached]
    told = "  ".join(f"{key} {value:g}" for key, value in f.values.items() if isinstance(value, int | float))
    time = f"{f.seconds:>10.4f}" if f.values else f"{'>':>1}{f.seconds:>9.0f}"
    return f"{f.row:4}{f.what:40}{f.who:22}{time}{f.peak_mb:>9.0f}  {verdict + f.target:38} {told} {f.note}".rstrip()


if __name__ == "__main__":
    main()
