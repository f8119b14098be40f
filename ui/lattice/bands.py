"""Where the graphs of the stages stand, one band below the other, and what is under a pointer: pure functions, in view pixels.

A band has its nodes below their cuts. A path is a straight row. Where no node stands above another, arcs hang from the row of
nodes, the likeliest nearest; else nodes of one cut stand in lanes, the likeliest on top, and arcs run between them. Chips, the
labels of arcs, are given room in the order of likelihood; arcs without a chip that join the same nodes are one line.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ui.lattice.layout import Rect
from ui.lattice.shown_arcs import CHIP_HEIGHT, PICTURE_CHIP, ShownArcs
from ui.model.lattice.steps import StageArc
from ui.model.viewport import Placement

TITLE = 18.0  # px above the nodes for the name of the stage
NODES = 10.0  # from there to the nodes, and from the nodes to the first chips
GAP = 3.0  # between chips
ROOMY = 1.6  # as many times as far apart are rows of chips where there is room
NARROWEST = 10.0  # px of a line that a picture or a name hangs from
LEAST_DEPTH, DEPTH_PER_CUT, DEEPEST = 12.0, 7.0, 8  # of lines without a chip: px, px, cuts
LANE = (1.0, 26.0)  # least and most distance of lanes
APART = 12.0  # of parallel arcs
MOST_CHIPS = 300
CROWDED = 12.0  # px between nodes: guides and rings would be all that is seen
STEPS = 12  # straight parts of a line where it is pointed at
REACH = 6.0
# Heights of bands, relative.
WEIGHTS = {"segmentation": 1.6, "recognition": 1.2, "interpretation": 1.2, "best path": 0.8}

Taken = list[tuple[float, float]]  # of a row of chips, left and right of each, in order


@dataclass(frozen=True, eq=False)
class Band:
    """One stage as it is drawn. Line i of ``lines`` is arc ``arcs[i]``: x and y of both ends, and how far it bulges down."""

    selection: ShownArcs
    top: float
    height: float
    node_x: np.ndarray
    node_y: np.ndarray
    seen: np.ndarray  # (n,) indices into the selection of the arcs that are in view, best first
    lines: np.ndarray  # (n, 5) x1, y1, x2, y2, bulge
    drawn: np.ndarray  # (m,) indices into ``lines`` of those that are no other's double
    chips: dict[int, Rect]  # by arc

    @property
    def stage(self) -> int:
        """The number of the stage."""
        return self.selection.number

    @property
    def arcs(self) -> np.ndarray:
        """(n,) arcs of the stage."""
        return self.selection.arcs[self.seen]


def bands_of(selections: Sequence[ShownArcs], placed: Placement, width: float, height: float) -> tuple[Band, ...]:
    """Bands that fill a view, one for each selection."""
    weights = np.array([WEIGHTS.get(selection.stage.name, 1.0) for selection in selections])
    edges = np.concatenate([[0.0], np.cumsum(weights / weights.sum()) * height]).tolist()
    return tuple(
        _band(selection, placed, width, edges[k], edges[k + 1] - edges[k]) for k, selection in enumerate(selections)
    )


def _band(selection: ShownArcs, placed: Placement, width: float, top: float, height: float) -> Band:
    x = selection.stage.x * placed.scale + placed.left
    row = top + TITLE + NODES
    lanes = selection.lanes
    y = row + lanes * np.clip((height - TITLE - 2 * NODES) / max(lanes.max(initial=0), 1), *LANE)
    left, right = x[selection.first], x[selection.last]
    seen = np.flatnonzero((np.maximum(left, right) >= 0) & (np.minimum(left, right) <= width))
    first, last = selection.first[seen], selection.last[seen]
    lines = np.stack([x[first], y[first], x[last], y[last], np.zeros(len(seen))], axis=1)
    if selection.hanging:
        depth = LEAST_DEPTH + DEPTH_PER_CUT * np.minimum(last - first, DEEPEST)
        lines[:, 4] = np.minimum(depth, 3 + (lines[:, 2] - lines[:, 0]) / 2)
        chips = _below(selection, seen, lines, row, top + height)
    else:
        chips = _between(selection, seen, lines)
    nodes = np.unique(np.concatenate([first, last]))
    return Band(
        selection=selection,
        top=top,
        height=height,
        node_x=x[nodes],
        node_y=y[nodes],
        seen=seen,
        lines=lines,
        drawn=_without_doubles(selection, seen, chips),
        chips={int(selection.arcs[seen[i]]): chip for i, chip in chips.items()},
    )


def _without_doubles(selection: ShownArcs, seen: np.ndarray, chips: dict[int, Rect]) -> np.ndarray:
    """Indices of the lines, of those without a chip only one for each pair of nodes."""
    pair = selection.first[seen].astype(np.int64) * len(selection.stage.x) + selection.last[seen]
    for i in chips:
        pair[i] = -1 - i
    _, drawn = np.unique(pair, return_index=True)
    return np.sort(drawn)


def _candidates(selection: ShownArcs, seen: np.ndarray, lines: np.ndarray) -> list[int]:
    """Indices of the lines that may have a chip, in the order of getting it."""
    length = np.abs(lines[:, 2] - lines[:, 0])
    wide = length >= np.maximum(selection.chip_width[seen], NARROWEST)
    may = np.where(selection.writes[seen], (length >= NARROWEST) | (not selection.stage.pictured), wide)
    place = np.full(len(selection.arcs), -1)
    place[seen[may]] = np.flatnonzero(may)
    in_order = place[selection.order]
    chosen: list[int] = in_order[in_order >= 0][:MOST_CHIPS].tolist()
    return chosen


def _below(selection: ShownArcs, seen: np.ndarray, lines: np.ndarray, row: float, bottom: float) -> dict[int, Rect]:
    """Chips in rows below the nodes; the lines of arcs that get one reach to it."""
    tall = PICTURE_CHIP if selection.stage.pictured else CHIP_HEIGHT
    top = row + NODES
    rows: list[Taken] = [[] for _ in range(max(int((bottom - top) // (tall + GAP)), 1))]
    places: dict[int, tuple[int, float, float]] = {}
    for i in _candidates(selection, seen, lines):
        width = float(selection.chip_width[seen[i]])
        left = float(lines[i, 0] + lines[i, 2] - width) / 2
        place = next((k for k, taken in enumerate(rows) if _free(taken, left, left + width)), None)
        if place is not None:
            _take(rows[place], left, left + width)
            places[i] = place, left, width
    used = 1 + max((place for place, _, _ in places.values()), default=0)
    pitch = min((bottom - top) / used, ROOMY * (tall + GAP)) if used > 1 else tall + GAP
    chips: dict[int, Rect] = {}
    for i, (place, left, width) in places.items():
        chips[i] = Rect(left, top + place * pitch, width, tall)
        lines[i, 4] = chips[i].top + tall / 2 - row
    return chips


def _between(selection: ShownArcs, seen: np.ndarray, lines: np.ndarray) -> dict[int, Rect]:
    """Chips in the middle of their lines, where there is room; parallel arcs that have one are bent apart."""
    rows: defaultdict[int, Taken] = defaultdict(list)
    chips: dict[int, Rect] = {}
    for i in _candidates(selection, seen, lines):
        width = float(selection.chip_width[seen[i]])
        left = float(lines[i, 0] + lines[i, 2] - width) / 2
        middle = float(lines[i, 1] + lines[i, 3]) / 2
        for bend in (0.0, APART, 2 * APART):
            row = int((middle + bend) // (CHIP_HEIGHT + GAP))
            if all(_free(rows[near], left, left + width) for near in (row, row - 1, row + 1)):
                _take(rows[row], left, left + width)
                chips[i] = Rect(left, middle + bend - CHIP_HEIGHT / 2, width, CHIP_HEIGHT)
                lines[i, 4] = bend
                break
    return chips


def _free(taken: Taken, left: float, right: float) -> bool:
    at = bisect_left(taken, (left, right))
    return (at == len(taken) or taken[at][0] >= right + GAP) and (at == 0 or taken[at - 1][1] + GAP <= left)


def _take(taken: Taken, left: float, right: float) -> None:
    taken.insert(bisect_left(taken, (left, right)), (left, right))


def points_on(lines: np.ndarray) -> np.ndarray:
    """(n, STEPS + 1, 2) points along cubics whose inner points stand over and under the ends."""
    t = np.linspace(0.0, 1.0, STEPS + 1)
    outer_first, inner_first = (1 - t) ** 3, 3 * t * (1 - t) ** 2
    inner_last, outer_last = 3 * t**2 * (1 - t), t**3
    x1, y1, x2, y2, bulge = (lines[:, k, None] for k in range(5))
    control = bulge * 4 / 3
    x = x1 * (outer_first + inner_first) + x2 * (inner_last + outer_last)
    y = y1 * outer_first + (y1 + control) * inner_first + (y2 + control) * inner_last + y2 * outer_last
    return np.stack(np.broadcast_arrays(x, y), axis=2)


def arc_at(bands: Sequence[Band], x: float, y: float) -> StageArc | None:
    """The arc under a position: its chip before its line, the nearest line before farther ones, the likelier of equals."""
    for band in bands:
        if not band.top <= y <= band.top + band.height:
            continue
        for arc, chip in band.chips.items():
            if chip.holds(x, y):
                return StageArc(band.stage, arc)
        near = np.flatnonzero(
            (np.minimum(band.lines[:, 0], band.lines[:, 2]) <= x + REACH)
            & (np.maximum(band.lines[:, 0], band.lines[:, 2]) >= x - REACH)
        )
        if len(near):
            away = _distance(points_on(band.lines[near]), x, y)
            nearest = int(np.argmin(np.round(away)))
            if away[nearest] <= REACH:
                return StageArc(band.stage, int(band.arcs[near[nearest]]))
    return None


def _distance(lines: np.ndarray, x: float, y: float) -> np.ndarray:
    """(n,) distance of a position from polylines (n, steps + 1, 2)."""
    start, way = lines[:, :-1], np.diff(lines, axis=1)
    to = np.array([x, y]) - start
    length = np.maximum((way**2).sum(axis=2), 1e-9)
    along = np.clip((to * way).sum(axis=2) / length, 0, 1)
    nearest: np.ndarray = np.sqrt(((to - way * along[..., None]) ** 2).sum(axis=2)).min(axis=1)
    return nearest


def x_of_node_at(bands: Sequence[Band], x: float, y: float) -> float | None:
    """Where the nearest node within reach of a position stands."""
    for band in bands:
        if band.top <= y <= band.top + band.height and len(band.node_x):
            away = np.hypot(band.node_x - x, band.node_y - y)
            if away.min() <= REACH:
                return float(band.node_x[away.argmin()])
    return None
