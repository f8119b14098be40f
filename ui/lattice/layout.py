"""Where everything of the lattice stands, and what is under a pointer: pure functions of numbers, in view pixels.

The nodes stand in a row below their cuts. The best path is above the row, next to the ink; everything else hangs below
it, the shorter spans higher, the likelier arcs first to get a card with their picture. An arc for which there is no room
keeps its line, so nothing is hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ui.model.ink.geometry import distance_to_polyline

CARD_WIDTH, CARD_HEIGHT = 64.0, 36.0
SLIM_WIDTH = 20.0  # a card of the best path without its picture, where arcs are narrow
TOP = 10.0  # above the cards of the best path
BELOW_BEST = 22.0  # between the cards of the best path and the nodes
BELOW_NODES = 20.0  # between the nodes and the first row of alternatives
GAP = 6.0  # between cards
SLIM_GAP = 2.0  # between cards of the best path
CURVE_POINTS = 24
REACH = 7.0  # how near to a line the pointer must be


@dataclass(frozen=True)
class Rect:
    """Left, top, width, height."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Is the position inside?"""
        return self.left <= x <= self.left + self.width and self.top <= y <= self.top + self.height


@dataclass(frozen=True)
class ArcShape:
    """One arc as it is drawn."""

    arc: int
    start: float  # x of its first node
    end: float  # x of its last node
    apex: float  # y of the middle of its curve
    card: Rect | None


@dataclass(frozen=True)
class LatticeLayout:
    """The whole drawing."""

    nodes: tuple[float, ...]  # x of every cut
    node_y: float
    arcs: tuple[ArcShape, ...]  # arc s at index s
    best: frozenset[int]

    @property
    def without_card(self) -> int:
        """How many arcs are only a line."""
        return sum(shape.card is None for shape in self.arcs)


def lay_out(
    nodes: Sequence[float],
    first: np.ndarray,
    last: np.ndarray,
    prominence: np.ndarray,
    best: Sequence[int],
    height: float,
) -> LatticeLayout:
    """Place S arcs between ``nodes`` (x of each cut) in a view of ``height``; ``prominence`` (S,) says who gets a card first."""
    node_y = TOP + CARD_HEIGHT + BELOW_BEST
    x = np.asarray(nodes, dtype=np.float64)
    starts, ends = x[first], x[last]
    shapes: dict[int, ArcShape] = {}
    best_top = TOP + CARD_HEIGHT / 2
    for arc, card in _best_cards(best, starts, ends).items():
        shapes[arc] = ArcShape(arc, float(starts[arc]), float(ends[arc]), best_top, card)
    rows = _Rows(node_y + BELOW_NODES, height)
    others = [arc for arc in np.argsort(-prominence, kind="stable").tolist() if arc not in shapes]
    spans = sorted({int(last[arc] - first[arc]) for arc in others})
    for arc in others:
        middle, span = float(starts[arc] + ends[arc]) / 2, int(last[arc] - first[arc])
        apex, card = rows.place(middle, spans.index(span))
        shapes[arc] = ArcShape(arc, float(starts[arc]), float(ends[arc]), apex, card)
    return LatticeLayout(tuple(x.tolist()), node_y, tuple(shapes[arc] for arc in range(len(first))), frozenset(best))


def _best_cards(best: Sequence[int], starts: np.ndarray, ends: np.ndarray) -> dict[int, Rect | None]:
    """Cards of the best path in one row: with a picture where the arc is wide enough, else slim, else none."""
    cards: dict[int, Rect | None] = dict.fromkeys(best)
    taken = -np.inf
    for arc in best:
        middle, own = float(starts[arc] + ends[arc]) / 2, float(ends[arc] - starts[arc])
        width = CARD_WIDTH if own >= CARD_WIDTH + SLIM_GAP else SLIM_WIDTH
        if middle - width / 2 >= taken:
            cards[arc] = Rect(middle - width / 2, TOP, width, CARD_HEIGHT)
            taken = middle + width / 2 + SLIM_GAP
    return cards


class _Rows:
    """Rows of cards below the nodes, filled one card after the other."""

    def __init__(self, top: float, height: float) -> None:
        count = int((height - top) // (CARD_HEIGHT + GAP))
        self._tops = [top + row * (CARD_HEIGHT + GAP) for row in range(max(count, 1))]
        self._taken: list[list[float]] = [[] for _ in self._tops]

    def place(self, middle: float, wanted: int) -> tuple[float, Rect | None]:
        """The apex and the card of an arc: in the wanted row if it is free there, else in the nearest that is."""
        wanted = min(wanted, len(self._tops) - 1)
        for row in sorted(range(len(self._tops)), key=lambda row: (abs(row - wanted), row)):
            if all(abs(middle - other) >= CARD_WIDTH + GAP for other in self._taken[row]):
                self._taken[row].append(middle)
                card = Rect(middle - CARD_WIDTH / 2, self._tops[row], CARD_WIDTH, CARD_HEIGHT)
                return card.top + CARD_HEIGHT / 2, card
        return self._tops[wanted] + CARD_HEIGHT / 2, None


def curve(shape: ArcShape, node_y: float) -> np.ndarray:
    """(CURVE_POINTS, 2) points of the arc's line, a cubic with upright ends."""
    t = np.linspace(0.0, 1.0, CURVE_POINTS)
    control = node_y + (shape.apex - node_y) * 4 / 3
    ends, middle = (1 - t) ** 3 + t**3, 3 * t * (1 - t)
    x = shape.start * ((1 - t) ** 3 + 3 * t * (1 - t) ** 2) + shape.end * (t**3 + 3 * t**2 * (1 - t))
    return np.stack([x, node_y * ends + control * middle], axis=1)


def arc_at(layout: LatticeLayout, x: float, y: float) -> int | None:
    """The arc under a position: its card before its line, the best path before others, the nearest line before farther."""
    for shape in layout.arcs:
        if shape.card is not None and shape.card.holds(x, y):
            return shape.arc
    nearest: tuple[float, int] | None = None
    for shape in layout.arcs:
        if not shape.start - REACH <= x <= shape.end + REACH:
            continue
        distance = distance_to_polyline(curve(shape, layout.node_y), x, y)
        rank = distance - (REACH / 2 if shape.arc in layout.best else 0.0)
        if distance <= REACH and (nearest is None or rank < nearest[0]):
            nearest = rank, shape.arc
    return nearest[1] if nearest else None


def node_at(layout: LatticeLayout, x: float, y: float) -> int | None:
    """The nearest node within reach of a position."""
    if not layout.nodes:
        return None
    away = np.hypot(np.array(layout.nodes) - x, layout.node_y - y)
    nearest = int(away.argmin())
    return nearest if away[nearest] <= REACH else None
