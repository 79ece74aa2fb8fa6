#!/usr/bin/env python3
"""Recompute a lottery: python3 recompute.py draw.json [your ticket]

draw.json is what the organiser published after the draw. This script needs nothing but Python and shares no code with
the server. It checks that
 1. the seed is the one whose fingerprint (commitment) was public before registration opened,
 2. the winners are those that the seed, the public number (beacon, if one was announced) and the tickets give.

The rule: parties stand in line by tier (a lower one first), then by SHA-256(seed || beacon || ticket), as bytes, the
smallest first. Each in turn takes places for all of its people from the first of its quotas where they fit, else from
the common places; a party that fits nowhere is passed over. One marked busy had a place elsewhere and takes no part.
Your ticket: the first 32 hexadecimal digits of SHA-256("niangjia ticket" || slot || number drawn by your phone).
"""

import hashlib
import json
import sys


def winners(draw):
    seed, beacon = bytes.fromhex(draw["seed"]), draw["beacon"].encode()
    line = []
    for text in draw["entrants"]:
        ticket, people, tier, quotas = text.split(" ")
        if quotas != "busy":
            place = hashlib.sha256(seed + beacon + ticket.encode()).hexdigest()
            line.append((int(tier), place, ticket, int(people), [] if quotas == "-" else sorted(quotas.split(","))))
    left = dict(draw["places"])
    won = []
    for _tier, _place, ticket, people, quotas in sorted(line):
        for quota in [*quotas, ""]:
            if left.get(quota, 0) >= people:
                left[quota] -= people
                won.append(f"{ticket} {quota}".strip())
                break
    return won


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        draw = json.load(file)
    if hashlib.sha256(bytes.fromhex(draw["seed"])).hexdigest() != draw["commitment"]:
        sys.exit("WRONG: this is not the seed that was committed to")
    tickets = [text.split(" ")[0] for text in draw["entrants"]]
    if len(set(tickets)) != len(tickets):
        sys.exit("WRONG: a ticket is in the list twice")
    if winners(draw) != draw["winners"]:
        sys.exit("WRONG: these are not the winners that the seed gives")
    print(f"right: {len(draw['winners'])} of {len(tickets)} drawn, as the seed says")
    for ticket in sys.argv[2:]:
        here, won = ticket in tickets, any(text.split(" ")[0] == ticket for text in draw["winners"])
        print(f"{ticket}: {'drawn' if won else 'not drawn' if here else 'NOT IN THE LIST'}")


if __name__ == "__main__":
    main()
