"""One way to print a table of figures."""

from collections.abc import Sequence


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Text columns to the left, figures to the right, widths as needed."""
    cells = [list(head), *[[str(cell) for cell in row] for row in rows]]
    widths = [max(_width(row[i]) for row in cells) for i in range(len(head))]
    lines = [
        "  ".join(_fit(cell, width, first=i == 0) for i, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in cells
    ]
    return "\n".join(["", title, lines[0], "  ".join("-" * width for width in widths), *lines[1:], ""])


def _width(text: str) -> int:
    """Han characters take two columns of a terminal."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def _fit(text: str, width: int, *, first: bool) -> str:
    space = " " * (width - _width(text))
    return text + space if first else space + text
