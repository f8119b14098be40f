"""The order in which the lines of a page are read: down a column, then the next one.

Breuel, "High performance document layout analysis" (2003): a line comes before another that it stands above, if one is over the other
somewhere; and before one to its right, unless a line between the two is over both. Any order that keeps to that will do.
"""

import numpy as np

_SHARED = 0.1  # of the narrower one's width, from which on a line is over another


def reading_order(boxes: np.ndarray) -> list[int]:
    """Numbers of lines with these boxes (n, 4) of left, top, right, bottom, in the order of reading."""
    count = len(boxes)
    if not count:
        return []
    left, right, y = boxes[:, 0], boxes[:, 2], (boxes[:, 1] + boxes[:, 3]) / 2
    shared = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    narrower = np.minimum((right - left)[:, None], right - left)
    over = shared > _SHARED * narrower
    above = y[:, None] < y
    parted = np.stack([_parted(y, over, line) for line in range(count)])
    before = (over & above) | (~over & ~parted & (left[:, None] < left))
    order: list[int] = []
    earlier = before.sum(0).astype(float)
    for _ in range(count):
        order.append(int(np.lexsort((y, earlier))[0]))  # in a circle the one that fewest come before
        earlier -= before[order[-1]]
        earlier[order[-1]] = np.inf
    return order


def _parted(y: np.ndarray, over: np.ndarray, line: int) -> np.ndarray:
    """(n,) bool: between which lines and this one, going down, there is one that is over both."""
    low, high = np.minimum(y, y[line])[:, None], np.maximum(y, y[line])[:, None]
    found: np.ndarray = ((low < y) & (y < high) & over[line] & over).any(1)
    return found
