"""Where ink is: hit-testing and widths as pure functions of arrays."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ui.ink.document import Stroke

if TYPE_CHECKING:
    import numpy as np

THINNEST = 0.35  # width of a feather touch, as a share of the full pen width
WIDTH_STEPS = 14  # pressures are drawn in this many widths, so that a stroke is a few paths and not hundreds of lines


def distance_to_polyline(points: "np.ndarray", x: float, y: float) -> float:
    """Smallest distance [px] of (x, y) to the polyline through ``points`` (n, >= 2), n >= 1."""
    import numpy as np

    here = np.array([x, y], dtype=np.float64)
    corners = np.asarray(points[:, :2], dtype=np.float64)
    if len(corners) == 1:
        return float(np.hypot(*(corners[0] - here)))
    start, along = corners[:-1], np.diff(corners, axis=0)
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip(((here - start) * along).sum(axis=1) / length, 0.0, 1.0)
    return float(np.sqrt((((start + share[:, None] * along) - here) ** 2).sum(axis=1).min()))


def strokes_near(strokes: Sequence[Stroke], x: float, y: float, reach: float) -> list[int]:
    """Indices of the strokes within ``reach`` [px] of (x, y)."""
    return [
        index
        for index, stroke in enumerate(strokes)
        if _may_reach(stroke.points, x, y, reach) and distance_to_polyline(stroke.points, x, y) <= reach
    ]


def _may_reach(points: "np.ndarray", x: float, y: float, reach: float) -> bool:
    low, high = points[:, :2].min(axis=0) - reach, points[:, :2].max(axis=0) + reach
    return bool(low[0] <= x <= high[0] and low[1] <= y <= high[1])


def bounds(strokes: Sequence[Stroke]) -> tuple[float, float, float, float] | None:
    """Left, top, right, bottom [px] of all strokes; None where there are none."""
    import numpy as np

    if not strokes:
        return None
    every = np.concatenate([stroke.points[:, :2] for stroke in strokes])
    low, high = every.min(axis=0), every.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def width_runs(pressures: "np.ndarray | None", length: int) -> list[tuple[int, int, float]]:
    """Runs (first point, last point, width as a share of the full one) of equal drawn width; neighbours share a point.

    A stroke of unknown pressure is one run of full width.
    """
    import numpy as np

    if pressures is None or length < 2:
        share = 1.0 if pressures is None else _share(float(pressures[0]))
        return [(0, length - 1, share)]
    steps = np.rint((pressures[:-1] + pressures[1:]) / 2 * WIDTH_STEPS).astype(int)
    breaks = [0, *(np.flatnonzero(np.diff(steps)) + 1).tolist(), length - 1]
    return [(first, last, _share(steps[first] / WIDTH_STEPS)) for first, last in pairwise(breaks)]


def _share(pressure: float) -> float:
    return THINNEST + (1 - THINNEST) * min(max(pressure, 0.0), 1.0)
