"""Which cells of a tree of counts may be shown, so that no hidden one can be worked out from those shown (check B10).

The tree is walked from its root. Below a shown node the parts (children, and what the node counts itself) add up to a
figure that everybody sees; so the parts that stay hidden must be at least two and together reach the threshold. Small
parts are hidden first; where those alone could be worked out, the next larger ones are hidden with them. Below a hidden
node everything is hidden. What remains open to a reader are sums of hidden groups, each of them large enough to show.

Which cells are shown depends on the counts alone, not on the reader: two readers who compare notes learn nothing more.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

SELF = "."  # stands behind a path for what the node counts itself


def totals(own: Mapping[str, int], *, step: int) -> dict[str, int]:
    """Counts of whole subtrees, from what each path counts itself. A path is its parent's path and `step` more."""
    sums: dict[str, int] = defaultdict(int)
    for path, count in own.items():
        for end in range(step, len(path) + 1, step):
            sums[path[:end]] += count
    return dict(sums)


def shown_cells(own: Mapping[str, int], *, step: int, smallest: int) -> dict[str, int]:
    """The cells that may be shown: path → count of its subtree; path + "." → what a node above others counts itself."""
    sums = totals(own, step=step)
    children = _children(sums, step)
    shown: dict[str, int] = {}
    waiting = [(path, count) for path, count in sums.items() if len(path) == step and count >= smallest]
    while waiting:
        path, count = waiting.pop()
        shown[path] = count
        parts = {child: sums[child] for child in children[path]}
        if parts and own.get(path, 0):
            parts[path + SELF] = own[path]
        open_parts = _without_hidden(parts, smallest)
        shown |= {part: parts[part] for part in open_parts if part.endswith(SELF)}
        waiting += [(part, parts[part]) for part in open_parts if not part.endswith(SELF)]
    return shown


def _children(sums: Iterable[str], step: int) -> dict[str, list[str]]:
    below: dict[str, list[str]] = defaultdict(list)
    for path in sums:
        below[path[:-step]].append(path)
    return below


def _without_hidden(parts: Mapping[str, int], smallest: int) -> list[str]:
    """The parts that may be shown beside their sum."""
    by_size = sorted(parts, key=lambda part: (-parts[part], part))
    small = [part for part in by_size if parts[part] < smallest]
    kept = [part for part in by_size if parts[part] >= smallest]
    while small and kept and (len(small) < 2 or sum(parts[part] for part in small) < smallest):
        small.append(kept.pop())
    return kept
