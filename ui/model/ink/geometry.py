"""Where ink is: hit-testing and widths as pure functions of arrays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ui.model.ink.document import Content, Stroke

if TYPE_CHECKING:
    import numpy as np

Box = tuple[float, float, float, float]  # left, top, right, bottom
THINNEST = 0.35  # width of a feather touch, as a share of the full pen width
CORNER = 0.6  # rad: a sharper turn gets a round joint
STEP = 2.5  # px between the points of a smoothed stroke, about
MOST_STEPS = 12  # between two points that a device reported
# px: half of the strokes are larger than this; what they are made where they are not.
USUAL_SIZES, USUAL_SIZE = (4.0, 400.0), 40.0
FARTHEST = 500_000.0  # px: ink ends here, so that it can always be read and kept


@dataclass(frozen=True)
class Similarity:
    """Moves and scales: x becomes scale * x + dx, y becomes scale * y + dy [source px]."""

    scale: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    def of(self, stroke: Stroke) -> Stroke:
        """The stroke elsewhere; all else about it stays."""
        import numpy as np

        points = stroke.points * np.array([self.scale, self.scale, 1], np.float32)
        return replace(stroke, points=points + np.array([self.dx, self.dy, 0], np.float32))

    def of_box(self, box: Box) -> Box:
        """The box elsewhere."""
        left, top, right, bottom = (self.scale * value for value in box)
        return left + self.dx, top + self.dy, right + self.dx, bottom + self.dy


def scaling(scale: float, x: float, y: float) -> Similarity:
    """Scales and leaves (x, y) where it is."""
    return Similarity(scale, x * (1 - scale), y * (1 - scale))


def of_usual_size(content: Content) -> Content:
    """Ink from elsewhere, whose unit may be a page or a hundredth of a millimetre, in letters that a pen of this sheet writes."""
    import numpy as np

    if not content.strokes:
        return content
    sizes = [max(right - left, foot - top) for left, top, right, foot in (stroke.box for stroke in content.strokes)]
    size = float(np.median(sizes))
    if USUAL_SIZES[0] <= size <= USUAL_SIZES[1] or not max(sizes):
        return content
    scaled = Similarity(USUAL_SIZE / (size or max(sizes)))
    others = {stroke: scaled.of(stroke) for stroke in content.strokes}
    corrections = {frozenset(others[s] for s in word): text for word, text in content.corrections.items()}
    return Content(tuple(others.values()), corrections)


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


def rubbed(stroke: Stroke, start: tuple[float, float], end: tuple[float, float], reach: float) -> tuple[Stroke, ...]:
    """What is left of a stroke where nothing within ``reach`` [px] of the way from ``start`` to ``end`` stays; itself where all does."""
    import numpy as np

    columns = np.column_stack([stroke.points, *([] if stroke.pressures is None else [stroke.pressures])]).astype(float)
    counts = np.maximum(np.ceil(np.hypot(*np.diff(columns[:, :2], axis=0).T) / (reach / 2)), 1).astype(int)
    own = np.concatenate([[0], np.cumsum(counts)])  # where the points that were written are among those between them
    fine = np.column_stack([np.interp(np.arange(own[-1] + 1), own, column) for column in columns.T])
    stays = distances_to_segment(fine[:, :2], start, end) > reach
    if stays.all():
        return (stroke,)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], stays, [False]])))
    left = []
    for first, after in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        kept = fine[np.union1d([first, after - 1], own[(own >= first) & (own < after)])].astype(np.float32)
        if len(kept) > 1:
            pressures = None if stroke.pressures is None else kept[:, 3].copy()
            left.append(replace(stroke, points=kept[:, :3].copy(), pressures=pressures))
    return tuple(left)


def distances_to_segment(points: "np.ndarray", start: tuple[float, float], end: tuple[float, float]) -> "np.ndarray":
    """(n,) of ``points`` (n, 2) to the line from ``start`` to ``end`` [px]."""
    import numpy as np

    along = np.subtract(end, start)
    share = np.clip(((points - start) @ along) / max(float(along @ along), 1e-12), 0.0, 1.0)
    lengths: np.ndarray = np.hypot(*(points - (np.asarray(start) + share[:, None] * along)).T)
    return lengths


def strokes_near(strokes: Sequence[Stroke], x: float, y: float, reach: float) -> list[int]:
    """Indices of the strokes within ``reach`` [px] of (x, y)."""
    return [
        index
        for index, stroke in enumerate(strokes)
        if _may_reach(stroke.box, x, y, reach) and distance_to_polyline(stroke.points, x, y) <= reach
    ]


def _may_reach(box: Box, x: float, y: float, reach: float) -> bool:
    left, top, right, bottom = box
    return left - reach <= x <= right + reach and top - reach <= y <= bottom + reach


def strokes_inside(strokes: Sequence[Stroke], polygon: "np.ndarray") -> list[int]:
    """Indices of the strokes of whose points most lie inside the closed ``polygon`` (m, 2)."""
    return [index for index, stroke in enumerate(strokes) if inside(stroke.points[:, :2], polygon).mean() > 0.5]


def inside(points: "np.ndarray", polygon: "np.ndarray") -> "np.ndarray":
    """(n,) whether each of ``points`` (n, 2) lies in the closed ``polygon`` (m, 2): crossings to its right are odd."""
    import numpy as np

    x, y = points[:, :1].astype(np.float64), points[:, 1:2].astype(np.float64)
    start = polygon.astype(np.float64)
    end = np.roll(start, -1, axis=0)
    spans = (start[:, 1] > y) != (end[:, 1] > y)
    rise = np.where(start[:, 1] == end[:, 1], 1.0, end[:, 1] - start[:, 1])
    crossing = start[:, 0] + (y - start[:, 1]) * (end[:, 0] - start[:, 0]) / rise
    odd: np.ndarray = (spans & (crossing > x)).sum(axis=1) % 2 == 1
    return odd


def smoothed(columns: "np.ndarray") -> "np.ndarray":
    """Points (n, k), x and y first, with more between them (m, k) on the Catmull-Rom spline through all of them."""
    import numpy as np

    if len(columns) < 3:
        return columns
    values = np.asarray(columns, np.float64)
    lengths = np.hypot(*np.diff(values[:, :2], axis=0).T)
    counts = np.clip(lengths / STEP, 1, MOST_STEPS).astype(int)
    of = np.repeat(np.arange(len(counts)), counts)
    share = ((np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[of])[:, None]
    padded = np.concatenate([2 * values[:1] - values[1:2], values, 2 * values[-1:] - values[-2:-1]])
    before, start, end, after = (padded[of + k] for k in range(4))
    curve = start + 0.5 * share * (
        end - before + share * (2 * before - 5 * start + 4 * end - after + share * (3 * (start - end) + after - before))
    )
    return np.concatenate([curve, values[-1:]])


def bounds(strokes: Sequence[Stroke]) -> Box | None:
    """The box [px] of all strokes; None where there are none."""
    if not strokes:
        return None
    lefts, tops, rights, bottoms = zip(*(stroke.box for stroke in strokes), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


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
