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
    between = (np.minimum(y[:, None], y)[..., None] < y) & (y < np.maximum(y[:, None], y)[..., None])
    parted = (between & over[:, None] & over[None]).any(2)
    before = (over & above) | (~over & ~parted & (left[:, None] < left))
    order: list[int] = []
    left_over = np.ones(count, bool)
    while left_over.any():
        waiting = np.flatnonzero(left_over)
        earlier = before[np.ix_(waiting, waiting)].sum(0)
        order.append(int(waiting[np.lexsort((y[waiting], earlier))[0]]))  # in a circle the one that fewest come before
        left_over[order[-1]] = False
    return order
