"""Counts in steps: enough to know whether it is worth looking, too coarse to see one person come or go."""

from typing import Final

STEPS: Final = (200, 100, 50, 20, 10)
MOST: Final = STEPS[0]  # no need to count further


def step_of(count: int) -> str:
    """ "none", "few" (fewer than ten), "10", "20" … : at least so many."""
    if count <= 0:
        return "none"
    return next((str(step) for step in STEPS if count >= step), "few")
