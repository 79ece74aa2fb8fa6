"""Small cells stay hidden, whatever is subtracted from whatever (check B10)."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.engines.metrics.suppression import SELF, shown_cells, totals

SMALLEST = 10
STEP = 1


def test_a_small_child_and_one_more_are_hidden() -> None:
    shown = shown_cells({"ra": 3, "rb": 40, "rc": 12}, step=STEP, smallest=SMALLEST)
    assert shown == {"r": 55, "rb": 40}


def test_two_small_children_whose_sum_is_small_take_a_third_with_them() -> None:
    assert "rc" not in shown_cells({"ra": 3, "rb": 4, "rc": 12, "rd": 50}, step=STEP, smallest=SMALLEST)


def test_small_ones_that_are_large_together_need_no_third() -> None:
    assert shown_cells({"ra": 6, "rb": 7, "rc": 12}, step=STEP, smallest=SMALLEST) == {"r": 25, "rc": 12}


def test_below_a_hidden_node_all_is_hidden() -> None:
    shown = shown_cells({"rax": 12, "ray": 0, "rb": 3, "rc": 500}, step=STEP, smallest=SMALLEST)
    assert shown == {"r": 515, "rc": 500}


def test_a_small_whole_shows_nothing() -> None:
    assert shown_cells({"ra": 4, "rb": 5}, step=STEP, smallest=SMALLEST) == {}


def test_nothing_to_hide_hides_nothing() -> None:
    own = {"ra": 10, "rb": 20}
    assert shown_cells(own, step=STEP, smallest=SMALLEST) == {"r": 30, "ra": 10, "rb": 20}


trees = st.dictionaries(
    st.text(alphabet="abc", min_size=0, max_size=3).map(lambda tail: "r" + tail),
    st.one_of(st.integers(0, 12), st.integers(0, 200)),
    min_size=1,
    max_size=25,
)


def equations(own: dict[str, int]) -> tuple[list[str], list[tuple[dict[str, int], int]]]:
    """Everything a reader knows: the cells, and that each figure is the sum of what is below it."""
    sums = totals(own, step=STEP)
    cells = list(sums)
    known: list[tuple[dict[str, int], int]] = []
    for path in sums:
        parts = [child for child in sums if len(child) == len(path) + 1 and child.startswith(path)]
        if parts:
            row = {path: 1} | dict.fromkeys(parts, -1)
            if own.get(path, 0):
                cells.append(path + SELF)
                row[path + SELF] = -1
            known.append((row, 0))
    return cells, known


def solved(cells: list[str], known: list[tuple[dict[str, int], int]]) -> set[str]:
    """The cells whose value follows from the equations, by elimination over the rationals."""
    rows = [[Fraction(row.get(cell, 0)) for cell in cells] + [Fraction(value)] for row, value in known]
    lead = 0
    for column in range(len(cells)):
        pivot = next((at for at in range(lead, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[lead], rows[pivot] = rows[pivot], rows[lead]
        rows[lead] = [value / rows[lead][column] for value in rows[lead]]
        for at in range(len(rows)):
            if at != lead and rows[at][column]:
                factor = rows[at][column]
                rows[at] = [a - factor * b for a, b in zip(rows[at], rows[lead], strict=True)]
        lead += 1
    alone = [[cell for cell, factor in zip(cells, row, strict=False) if factor] for row in rows]
    return {names[0] for names in alone if len(names) == 1}


def recomputed(own: dict[str, int], shown: dict[str, int]) -> set[str]:
    cells, known = equations(own)
    known += [({cell: 1}, value) for cell, value in shown.items()]
    return solved(cells, known) - shown.keys()


@settings(max_examples=1_000, deadline=None)
@given(own=trees)
def test_no_hidden_cell_can_be_worked_out_from_those_shown(own: dict[str, int]) -> None:
    assert recomputed(own, shown_cells(own, step=STEP, smallest=SMALLEST)) == set()


@settings(max_examples=300, deadline=None)
@given(own=trees)
def test_what_is_left_over_of_any_shown_sum_is_large_enough(own: dict[str, int]) -> None:
    """A reader may subtract the shown parts from their shown sum: what remains is nothing, or no small cell."""
    shown = shown_cells(own, step=STEP, smallest=SMALLEST)
    for path, count in shown.items():
        assert count >= SMALLEST
        parts = [cell for cell in shown if cell[:-1] == path and cell != path]
        left = count - sum(shown[part] for part in parts)
        if parts or any(other[:-1] == path for other in totals(own, step=STEP)):
            assert left == 0 or left >= SMALLEST


def test_hiding_only_the_small_ones_would_be_found_out() -> None:
    """The check above can fail: here is the naive rule."""
    own = {"ra": 3, "rb": 40}
    naive = {cell: count for cell, count in totals(own, step=STEP).items() if count >= SMALLEST}
    assert recomputed(own, naive) == {"ra"}


@pytest.mark.parametrize("count", [0, 9, 10])
def test_the_threshold_is_ten(count: int) -> None:
    assert shown_cells({"r": count}, step=STEP, smallest=SMALLEST) == ({"r": 10} if count == 10 else {})
