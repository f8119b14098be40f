"""Where the graphs of the stages stand, one band below the other, and what is under a pointer: pure functions, in view pixels.

A band has its nodes below their cuts. A path is a straight row. Where no node stands above another, arcs hang from the row of
nodes, the likeliest nearest; else nodes of one cut stand in lanes, the likeliest on top, and arcs run between them. Chips, the
labels of arcs, are given room in the order of likelihood; arcs without a chip that join the same nodes are one line.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ui.lattice.layout import Rect
from ui.lattice.stage import StageGraph
from ui.lattice.steps import StageArc
from ui.viewport import Placement

TITLE = 18.0  # px above the nodes for the name of the stage
NODES = 10.0  # from there to the nodes, and from the nodes to the first chips
CHIP_HEIGHT, PICTURE_CHIP = 20.0, 34.0
LETTER, PADDING = 8.0, 12.0  # width of a chip: of each letter and beside them
GAP = 3.0
ROOMY = 1.6  # as many times as far apart are rows of chips where there is room
NARROWEST = 10.0  # px of a line that a picture hangs from
LEAST_DEPTH, DEPTH_PER_CUT = 12.0, 7.0  # of lines without a chip
LANE = (1.0, 26.0)  # least and most distance of lanes
APART = 12.0  # of parallel arcs
MOST_CHIPS = 300
MOST_ARCS = 20_000  # lines of a band; what is less likely is left out
CROWDED = 12.0  # px between nodes: guides and rings would be all that is seen
NONE = np.empty(0, np.int64)
STEPS = 12  # straight parts of a line where it is pointed at
REACH = 6.0
WEIGHTS = {
    "segmentation": 1.6,
    "recognition": 1.2,
    "interpretation": 1.2,
    "best path": 0.8,
}  # heights of bands, relative


@dataclass(frozen=True)
class Band:
    """One stage as it is drawn. Line i of ``lines`` is arc ``arcs[i]``: x and y of both ends, and how far it bulges down."""

    stage: int
    top: float
    height: float
    node_x: np.ndarray
    node_y: np.ndarray
    arcs: np.ndarray  # (n,) arcs of the stage, best first
    lines: np.ndarray  # (n, 5) x1, y1, x2, y2, bulge
    drawn: np.ndarray  # (m,) indices into ``arcs`` of the lines that are no other's double
    chips: dict[int, Rect]  # by arc
    hidden: int  # how many arcs of the stage are less likely than what is shown


def bands_of(
    stages: Sequence[StageGraph],
    shown: Sequence[int],
    margin: float,
    also: Mapping[int, np.ndarray],
    placed: Placement,
    width: float,
    height: float,
) -> tuple[Band, ...]:
    """The bands of the stages ``shown`` in a view: arcs within ``margin`` [nats] of the best path, and for stages, by their
    numbers, some others."""
    weights = np.array([WEIGHTS.get(stages[number].name, 1.0) for number in shown])
    edges = np.concatenate([[0.0], np.cumsum(weights / weights.sum()) * height])
    return tuple(
        _band(
            stages[number],
            number,
            margin,
            also.get(number, NONE),
            placed,
            width,
            float(edges[k]),
            float(edges[k + 1] - edges[k]),
        )
        for k, number in enumerate(shown)
    )


def _band(
    stage: StageGraph,
    number: int,
    margin: float,
    also: np.ndarray,
    placed: Placement,
    width: float,
    top: float,
    height: float,
) -> Band:
    x = stage.x * placed.scale + placed.left
    arcs = stage.within(margin)[:MOST_ARCS]
    arcs = np.concatenate([arcs, also[~np.isin(also, arcs)]])
    first, last = stage.first[arcs], stage.last[arcs]
    in_view = (np.maximum(x[first], x[last]) >= 0) & (np.minimum(x[first], x[last]) <= width)
    seen = arcs[in_view]
    first, last = first[in_view], last[in_view]
    nodes = np.unique(np.concatenate([first, last]))
    row = top + TITLE + NODES
    y = np.full(len(x), row)
    in_row = len(np.unique(stage.x)) == len(stage.x)
    if not in_row and not stage.is_path:
        lanes = _lanes(stage, first, last)
        y = row + lanes * np.clip((height - TITLE - 2 * NODES) / max(lanes.max(initial=0), 1), *LANE)
    lines = np.stack([x[first], y[first], x[last], y[last], np.zeros(len(seen))], axis=1)
    if in_row and not stage.is_path:
        hanging = LEAST_DEPTH + DEPTH_PER_CUT * np.minimum(last - first, 8)
        lines[:, 4] = np.minimum(hanging, 3 + (lines[:, 2] - lines[:, 0]) / 2)
        chips = _below(stage, seen, also, lines, row, top + height)
    else:
        chips = _between(stage, seen, also, lines)
    doubles = np.round(lines, 1)
    _, drawn = np.unique(doubles, axis=0, return_index=True)
    return Band(
        stage=number,
        top=top,
        height=height,
        node_x=x[nodes],
        node_y=y[nodes],
        arcs=seen,
        lines=lines,
        drawn=np.sort(drawn),
        chips=chips,
        hidden=len(stage) - len(arcs),
    )


def _lanes(stage: StageGraph, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """(N,) the lane of each node among those of its cut that arcs touch, which come best first."""
    ends = np.stack([first, last], axis=1).reshape(-1)
    nodes, rank = np.unique(ends, return_index=True)  # arcs come best first, so the first touch ranks a node
    order = np.lexsort((rank, stage.x[nodes]))
    place = stage.x[nodes][order]
    starts = np.flatnonzero(np.diff(place, prepend=-np.inf))
    lane = np.arange(len(nodes)) - np.repeat(starts, np.diff(np.append(starts, len(nodes))))
    lanes = np.zeros(len(stage.x))
    lanes[nodes[order]] = lane
    return lanes


def chip_size(stage: StageGraph, arc: int) -> tuple[float, float]:
    """Width and height of the chip of an arc."""
    if stage.pictured:
        return PICTURE_CHIP, PICTURE_CHIP
    return PADDING + LETTER * len(stage.label(arc)), CHIP_HEIGHT


def _candidates(stage: StageGraph, arcs: np.ndarray, also: np.ndarray, lines: np.ndarray) -> list[int]:
    """Which lines may have a chip, in the order of getting it: the best path's, those that were asked for, the likelier ones.

    What writes nothing gets one only if it is no wider than its line.
    """
    length = np.abs(lines[:, 2] - lines[:, 0])
    writes = np.array([bool(text) for text in stage.texts])[stage.written[arcs]]
    best = np.isin(arcs, list(stage.best))
    if stage.pictured:
        may = length >= NARROWEST
    else:
        wide = np.array([PADDING + LETTER * len(name) for name in stage.names])[stage.read[arcs]]
        may = writes | (length >= np.maximum(wide, NARROWEST))
    asked = np.isin(arcs, also)
    order = np.lexsort((np.arange(len(arcs)), ~asked, ~best, ~writes & (not stage.pictured)))
    chosen: list[int] = order[may[order]][:MOST_CHIPS].tolist()
    return chosen


def _below(
    stage: StageGraph, arcs: np.ndarray, also: np.ndarray, lines: np.ndarray, row: float, bottom: float
) -> dict[int, Rect]:
    """Chips in rows below the nodes; the lines of arcs that get one reach to it."""
    tall = PICTURE_CHIP if stage.pictured else CHIP_HEIGHT
    top = row + NODES
    rows = _Rows(max(int((bottom - top) // (tall + GAP)), 1))
    places: dict[int, tuple[int, float, float]] = {}
    for i in _candidates(stage, arcs, also, lines):
        width, _ = chip_size(stage, int(arcs[i]))
        left = (lines[i, 0] + lines[i, 2] - width) / 2
        place = rows.place(left, left + width)
        if place is not None:
            places[i] = place, left, width
    used = 1 + max((place for place, _, _ in places.values()), default=0)
    pitch = min((bottom - top) / used, ROOMY * (tall + GAP)) if used > 1 else tall + GAP
    chips: dict[int, Rect] = {}
    for i, (place, left, width) in places.items():
        chip = chips[int(arcs[i])] = Rect(left, top + place * pitch, width, tall)
        lines[i, 4] = chip.top + tall / 2 - row
    return chips


def _between(stage: StageGraph, arcs: np.ndarray, also: np.ndarray, lines: np.ndarray) -> dict[int, Rect]:
    """Chips in the middle of their lines, where there is room; parallel arcs that have one are bent apart."""
    rows: dict[int, _Rows] = {}
    chips: dict[int, Rect] = {}
    for i in _candidates(stage, arcs, also, lines):
        width, height = chip_size(stage, int(arcs[i]))
        left = (lines[i, 0] + lines[i, 2] - width) / 2
        middle = (lines[i, 1] + lines[i, 3]) / 2
        for bend in (0.0, APART, 2 * APART):
            line = int((middle + bend) // (CHIP_HEIGHT + GAP))
            near = [rows.setdefault(line + k, _Rows(1)) for k in (-1, 0, 1)]
            if all(r.free(left, left + width) for r in near):
                near[1].place(left, left + width)
                chips[int(arcs[i])] = Rect(left, middle + bend - height / 2, width, height)
                lines[i, 4] = bend
                break
    return chips


class _Rows:
    """Rows of chips; what is taken is kept in order."""

    def __init__(self, count: int) -> None:
        self._taken: list[list[tuple[float, float]]] = [[] for _ in range(count)]

    def free(self, left: float, right: float, row: int = 0) -> bool:
        """Is there room in a row?"""
        taken = self._taken[row]
        at = bisect_left(taken, (left, right))
        after = at == len(taken) or taken[at][0] >= right + GAP
        return after and (at == 0 or taken[at - 1][1] + GAP <= left)

    def place(self, left: float, right: float) -> int | None:
        """Take room in the first row that has some."""
        for row, taken in enumerate(self._taken):
            if self.free(left, right, row):
                taken.insert(bisect_left(taken, (left, right)), (left, right))
                return row
        return None


def points_on(lines: np.ndarray, steps: int = STEPS) -> np.ndarray:
    """(n, steps + 1, 2) points along cubics whose inner points stand over and under the ends."""
    t = np.linspace(0.0, 1.0, steps + 1)
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
