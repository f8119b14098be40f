"""Which arcs of a stage are shown, in what order they get room, and how hot they are: all that does not depend on the view."""

from dataclasses import dataclass

import numpy as np

from ui.model.lattice.stage import StageGraph

MOST_ARCS = 20_000  # lines of a band; what is less likely is left out
CHIP_HEIGHT, PICTURE_CHIP = 20.0, 34.0
LETTER, PADDING = 8.0, 12.0  # width of a chip: of each letter and beside them
ROBUST = (2, 98)  # per cent of the penalties that the ramp of colours spans
EVEN = 1e-6  # nats: penalties so close to each other are no colours apart
NONE = np.empty(0, np.int64)


@dataclass(frozen=True, eq=False)
class ShownArcs:
    """n arcs of a stage of A arcs and N nodes, best first."""

    number: int  # of the stage
    stage: StageGraph
    arcs: np.ndarray  # (n,)
    first: np.ndarray  # (n,) nodes
    last: np.ndarray
    hanging: bool  # arcs hang from one row of nodes; else they run between lanes, or along a path
    lanes: np.ndarray  # (N,) the lane of each node among those of its cut, the likeliest in lane 0
    order: np.ndarray  # (n,) permutation: who gets a chip before whom
    chip_width: np.ndarray  # (n,) px
    writes: np.ndarray  # (n,) bool: says something; what does not gets a chip only where its line is as wide
    heat: np.ndarray  # (n,) 0..1: penalty between ``low`` and ``high`` [nats]
    low: float
    high: float

    @property
    def hidden(self) -> int:
        """How many arcs of the stage are less likely than what is shown."""
        return len(self.stage) - len(self.arcs)


def shown_arcs(number: int, stage: StageGraph, margin: float, also: np.ndarray = NONE) -> ShownArcs:
    """The arcs within ``margin`` [nats] of the best path, and some others; chips go to what writes, the best path, what was
    asked for, and then by likelihood."""
    arcs = stage.within(margin)[:MOST_ARCS]
    arcs = np.concatenate([arcs, also[~np.isin(also, arcs)]])
    first, last = stage.first[arcs], stage.last[arcs]
    in_row = len(np.unique(stage.x)) == len(stage.x)
    writes = np.array([bool(text) for text in stage.texts])[stage.written[arcs]] | stage.pictured
    best, asked = np.isin(arcs, list(stage.best)), np.isin(arcs, also)
    low, high = _range(stage.penalty[arcs])
    heat = np.full(len(arcs), 0.5)
    if high - low > EVEN:
        heat = (np.clip(stage.penalty[arcs], low, high) - low) / (high - low)
    return ShownArcs(
        number=number,
        stage=stage,
        arcs=arcs,
        first=first,
        last=last,
        hanging=in_row and not stage.is_path,
        lanes=np.zeros(len(stage.x)) if in_row or stage.is_path else _lanes(stage, first, last),
        order=np.lexsort((np.arange(len(arcs)), ~asked, ~best, ~writes)),
        chip_width=_chip_widths(stage, arcs),
        writes=writes,
        heat=heat,
        low=low,
        high=high,
    )


def _range(penalties: np.ndarray) -> tuple[float, float]:
    finite = penalties[np.isfinite(penalties)]
    if not len(finite):
        return 0.0, 0.0
    low, high = np.percentile(finite, ROBUST).tolist()
    return low, high


def _chip_widths(stage: StageGraph, arcs: np.ndarray) -> np.ndarray:
    if stage.pictured:
        return np.full(len(arcs), PICTURE_CHIP)
    names = np.array([max(len(name), 1) for name in stage.names])[stage.read[arcs]]
    texts = np.array([len(text) for text in stage.texts])[stage.written[arcs]]
    widths: np.ndarray = PADDING + LETTER * np.where(texts > 0, texts, names)
    return widths


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
