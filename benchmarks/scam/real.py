"""`python -m benchmarks.scam.real KDCONV CROSSWOZ`: people's real conversations, out of checkouts of two corpora.

thu-coai/KdConv at 653db764 and thu-coai/CrossWOZ at df82c9fd, both Apache-2.0. What comes of it lies in
`conversations/var`, outside git; `benchmarks.scam` measures it too when it is there.
"""

import argparse
import gzip
import json
import random
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "conversations" / "var" / "benign_real.jsonl.gz"
TAKEN, LONGEST, SHORTEST = 800, 20, 6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kdconv", type=Path)
    parser.add_argument("crosswoz", type=Path)
    given = parser.parse_args()
    tasks = list(_crosswoz(given.crosswoz))
    random.Random(7).shuffle(tasks)
    found = {tuple(turn["text"] for turn in one["turns"]): one for one in [*_kdconv(given.kdconv), *tasks[:TAKEN]]}
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(FILE, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in found.values())
    print(f"{len(found):,} conversations in {FILE.relative_to(Path.cwd())}")


def _kdconv(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("data/*/*.json")):
        if path.stem in ("dev", "test"):
            for number, talk in enumerate(json.loads(path.read_text("utf-8"))):
                texts = [said["message"] for said in talk["messages"]]
                yield from _one(f"kdconv-{path.parent.name}-{path.stem}-{number}", "chat", texts, "ab" * len(texts))


def _crosswoz(folder: Path) -> Iterator[dict[str, Any]]:
    for name in ("test", "val"):
        with zipfile.ZipFile(folder / f"data/crosswoz/{name}.json.zip") as archive:
            talks = json.loads(archive.read(f"{name}.json"))
        for key, talk in talks.items():
            whose = "".join("a" if said["role"] == "usr" else "b" for said in talk["messages"])
            yield from _one(f"crosswoz-{name}-{key}", "task", [said["content"] for said in talk["messages"]], whose)


def _one(key: str, style: str, texts: Sequence[str], whose: str) -> Iterator[dict[str, Any]]:
    said = [(who, " ".join(text.split())) for who, text in zip(whose, texts, strict=False)]
    turns = [{"who": who, "text": text, "after_minutes": 1} for who, text in said if text][:LONGEST]
    if len(turns) >= SHORTEST:
        made = {"id": f"benign-real-{key}", "kind": "benign", "style": style, "source": key.split("-")[0]}
        yield {**made, "scammer": None, "first_money": None, "turns": turns}


if __name__ == "__main__":
    main()
