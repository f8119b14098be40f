"""Where ink is: hit-testing and widths as pure functions of arrays."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.ink.document import Stroke

if TYPE_CHECKING:
    import numpy as np

THINNEST = 0.35  # width of a feather touch, as a share of the full pen width
CORNER = 0.6  # rad: a sharper turn gets a round joint


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


def radii(pressures: "np.ndarray", full_width: float) -> "np.ndarray":
    """(n,) half the drawn width [px] at pressures (n,) in 0..1."""
    import numpy as np

    return full_width / 2 * (THINNEST + (1 - THINNEST) * np.clip(pressures, 0.0, 1.0))


def outline(points: "np.ndarray", radius: "np.ndarray") -> "tuple[np.ndarray, np.ndarray]":
    """The border (2n, 2) of a band around the polyline ``points`` (n, >= 2) with half-widths ``radius`` (n,), and where it
    needs a disc: indices (m,) of both ends and of sharp corners. Filled by winding rule, both together are the stroke.
    """
    import numpy as np

    centre = np.asarray(points[:, :2], dtype=np.float64)
    steps = np.diff(centre, axis=0)
    directions = np.arctan2(steps[:, 1], steps[:, 0])
    moved = np.flatnonzero(np.hypot(steps[:, 0], steps[:, 1]) > 1e-6)
    if not len(moved):
        return np.empty((0, 2)), np.array([0])
    known = moved[np.clip(np.searchsorted(moved, np.arange(len(steps)), side="right") - 1, 0, None)]
    directions = np.unwrap(directions[known])
    turns = np.abs(np.diff(directions))
    mean = np.concatenate([directions[:1], (directions[:-1] + directions[1:]) / 2, directions[-1:]])
    normals = np.stack([-np.sin(mean), np.cos(mean)], axis=1) * np.asarray(radius)[:, None]
    discs = np.concatenate([[0], np.flatnonzero(turns > CORNER) + 1, [len(centre) - 1]])
    return np.concatenate([centre - normals, (centre + normals)[::-1]]), discs  # clockwise, as Qt draws discs
