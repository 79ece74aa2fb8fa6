#!/usr/bin/env python3
"""Check a mutual selection: python3 recompute.py proof.json [receipt.json ...]

proof.json is what was published at the close: the fingerprint of every sealed choice, and one commitment over all of
them. A receipt is what an entrant's own phone showed before the close; it stays with its owner, who may check it here
or give it to somebody who does. This script needs nothing but Python and shares no code with the server. It checks that
 1. the commitment is the one of these fingerprints, so none was added, changed or left out later,
 2. each receipt given is among them: this choice was counted, as it was made,
 3. any two receipts in which the two chose each other are said to be a pair: compare with what their owners were told.

A fingerprint is SHA-256("niangjia choice 1" || event, 16 bytes || salt, 16 bytes || the chosen ids in rising order,
16 bytes each, filled up with zeros to 50 ids). The commitment is SHA-256 of all fingerprints (hexadecimal, in rising
order, one to a line, no newline at the end).
"""

import hashlib
import json
import sys

MOST = 50


def fingerprint(receipt):
    event, salt = bytes.fromhex(receipt["event"].replace("-", "")), bytes.fromhex(receipt["salt"])
    chosen = b"".join(sorted(bytes.fromhex(key.replace("-", "")) for key in receipt["chosen"]))
    return hashlib.sha256(b"niangjia choice 1" + event + salt + chosen.ljust(MOST * 16, b"\0")).hexdigest()


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main():
    proof, receipts = read(sys.argv[1]), [(path, read(path)) for path in sys.argv[2:]]
    prints = sorted(proof["fingerprints"])
    if hashlib.sha256("\n".join(prints).encode()).hexdigest() != proof["commitment"]:
        sys.exit("WRONG: the commitment is not the one of these fingerprints")
    if len(prints) != proof["entrants"]:
        sys.exit("WRONG: there are not as many fingerprints as entrants")
    print(f"right: {len(prints)} sealed choices under one commitment, {proof['pairs']} pairs came out")
    for path, receipt in receipts:
        print(f"{path}: {'counted' if fingerprint(receipt) in prints else 'NOT AMONG THEM'}")
    for at, (one, mine) in enumerate(receipts):
        for other, theirs in receipts[at + 1 :]:
            if theirs["me"] in mine["chosen"] and mine["me"] in theirs["chosen"]:
                print(f"{one} and {other}: chose each other")


if __name__ == "__main__":
    main()
