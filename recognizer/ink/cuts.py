"""Where characters may part in pen ink: at pen lifts, and where a wide stroke runs on to the next character."""

from collections.abc import Sequence

import numpy as np

WIDE = 0.9  # a stroke wider than this may hold several characters [line heights]
_COLUMN = 0.04  # in which crossings of a stroke are counted [line heights]
_RUN = 0.08  # least width of what joins two characters [line heights]
_TOGETHER = 0.5  # strokes that share this much of the narrower one's width stand above each other
_TALL = 0.5  # groups lower than this share of the highest say nothing about the line's height
_FLAT = 0.25  # a line is at least this high [widths of its middle group]: a dash is no tall line
_LEAST = 4.0  # lines are at least this high [px]: a dot is no tall line


def line_height(boxes: np.ndarray) -> float:
    """Typical height of characters [px] from the boxes (n, 4) of strokes: left, top, right, bottom."""
    groups: list[np.ndarray] = []
    for box in boxes[np.argsort(boxes[:, 0], kind="stable")]:
        if groups and shared_width(groups[-1], box) > _TOGETHER:
            groups[-1] = np.concatenate([np.minimum(groups[-1][:2], box[:2]), np.maximum(groups[-1][2:], box[2:])])
        else:
            groups.append(box)
    stacked = np.stack(groups)
    heights, widths = stacked[:, 3] - stacked[:, 1], stacked[:, 2] - stacked[:, 0]
    tall = heights[heights >= _TALL * heights.max()]
    return float(max(tall.mean(), _FLAT * np.median(widths), _LEAST))


def shared_width(one: np.ndarray, other: np.ndarray) -> float:
    """Common part of the widths of two boxes (4,) as a share of the narrower one; negative: the gap between them likewise."""
    common = min(one[2], other[2]) - max(one[0], other[0])
    narrower = min(one[2] - one[0], other[2] - other[0])
    if narrower <= 0:
        return 1.0 if common >= 0 else -np.inf
    return float(common / narrower)


def reading_order(boxes: np.ndarray) -> list[int]:
    """Strokes, by their boxes (n, 4) in the order of writing, from left to right, so that those of one character are neighbours.

    What was written next stands next unless it lies clearly to the left of what is there already. Then it is a late
    stroke: it goes behind the last stroke that it stands above or below, else where its middle puts it.
    """
    order: list[int] = []
    middles = (boxes[:, 0] + boxes[:, 2]) / 2
    for stroke in range(len(boxes)):
        place = len(order)
        if (
            order
            and boxes[stroke, 2] < middles[order[-1]]
            and shared_width(boxes[stroke], boxes[order[-1]]) < _TOGETHER
        ):
            over = [i for i, other in enumerate(order) if shared_width(boxes[stroke], boxes[other]) > _TOGETHER]
            place = max(over) + 1 if over else sum(bool(middles[other] <= middles[stroke]) for other in order)
        order.insert(place, stroke)
    return order


def joins(points: np.ndarray, height: float) -> list[int]:
    """Points of a stroke (n, 2) at which it may be cut: in the middle of what alone joins the ink left and right of it.

    That is where every vertical line meets the stroke once, between parts where it meets it more often.
    """
    left = points[:, 0].min()
    if points[:, 0].max() - left <= WIDE * height:
        return []
    width = _COLUMN * height
    column = ((points[:, 0] - left) / width).astype(int)
    changes = np.zeros(column.max() + 1, int)
    np.add.at(changes, np.minimum(column[:-1], column[1:]), 1)
    np.add.at(changes, np.maximum(column[:-1], column[1:]), -1)
    crossings = np.cumsum(changes)  # of the right side of each column
    single = np.flatnonzero(crossings[:-1] == 1)
    runs = np.split(single, np.flatnonzero(np.diff(single) > 1) + 1)
    cuts = []
    for run in runs:
        inner = len(run) and run[0] > 0 and run[-1] < len(crossings) - 2
        if inner and len(run) * width >= _RUN * height:
            middle = left + (run[0] + run[-1] + 2) / 2 * width
            between = np.flatnonzero((points[:-1, 0] < middle) != (points[1:, 0] < middle))
            cuts.append(int(between[0]) + 1)
    return sorted({cut for cut in cuts if 0 < cut < len(points) - 1})


def boxes_of(strokes: Sequence[np.ndarray]) -> np.ndarray:
    """Left, top, right, bottom of each stroke: (n, 4) float32."""
    return np.stack([np.concatenate([s[:, :2].min(axis=0), s[:, :2].max(axis=0)]) for s in strokes]).astype(np.float32)
