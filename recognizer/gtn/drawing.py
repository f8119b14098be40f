"""A small graph as a picture, for notebooks."""

import numpy as np

from recognizer.gtn.arrays import EPSILON, numbers
from recognizer.gtn.graph import Graph

MOST = 300  # arcs: what has more is no picture any more
ACROSS, DOWN, MARGIN = 90, 46, 26  # px
STYLE = "svg{background:#fff;font:11px sans-serif} path{fill:none;stroke:#66727f} circle{fill:#fff;stroke:#1d2733} .end{stroke-width:2.5}"


def as_svg(graph: Graph) -> str:
    """Nodes from left to right by the arcs that lead to them, arcs with their labels and penalties; only a sentence for a graph with more
    than MOST arcs."""
    if len(graph.source) > MOST:
        return _document(
            620, 40, f'<text x="12" y="24">A graph of {len(graph.source):,} arcs, too many to be drawn.</text>'
        )
    places = _places(graph)
    arcs = zip(graph.source.tolist(), graph.target.tolist(), _names(graph), strict=True)
    drawn: dict[tuple[int, int], int] = {}  # arcs between two nodes so far, which lie one above the other
    body = []
    for source, target, name in arcs:
        above = drawn[source, target] = drawn.get((source, target), -1) + 1
        body.append(_arc(places[source], places[target], name, above))
    ends = {*graph.ends.tolist()}
    for node, (x, y) in enumerate(places.tolist()):
        body.append(
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="6"{" class=" + chr(34) + "end" + chr(34) if node in ends else ""}/>'
        )
    width, height = (places.max(axis=0) + MARGIN).tolist() if len(places) else (MARGIN, MARGIN)
    return _document(width, height, "".join(body))


def _places(graph: Graph) -> np.ndarray:
    """(N, 2) x and y [px] of every node: x by the longest way to it, y by its number among those at the same x."""
    levels = np.zeros(int(graph.nodes[-1]), int)
    for source, target in sorted(zip(graph.source.tolist(), graph.target.tolist(), strict=True)):
        levels[target] = max(levels[target], levels[source] + (target > source))
    rows = np.zeros(len(levels), int)
    for level in range(levels.max(initial=0) + 1):
        mine = np.flatnonzero(levels == level)
        rows[mine] = np.arange(len(mine))
    return np.stack([MARGIN + ACROSS * levels, MARGIN + DOWN * (rows + 1)], axis=1)


def _names(graph: Graph) -> list[str]:
    labels, outputs, penalties = graph.label.tolist(), graph.output.tolist(), numbers(graph.penalty).tolist()
    shown = ["\u03b5" if label == EPSILON else str(label) for label in labels]
    written = ["\u03b5" if output == EPSILON else str(output) for output in outputs]
    return [
        f"{label if label == output else f'{label}:{output}'} / {penalty:.2f}"
        for label, output, penalty in zip(shown, written, penalties, strict=True)
    ]


def _arc(start: np.ndarray, end: np.ndarray, name: str, above: int) -> str:
    (x, y), (to_x, to_y) = start.tolist(), end.tolist()
    bend = 14 + 16 * above
    middle, top = (x + to_x) / 2, (y + to_y) / 2 - bend
    return (
        f'<path d="M{x + 6:.0f} {y:.0f} Q{middle:.0f} {2 * top - (y + to_y) / 2:.0f} {to_x - 6:.0f} {to_y:.0f}"/>'
        f'<text x="{middle:.0f}" y="{top - 3:.0f}" text-anchor="middle">{name}</text>'
    )


def _document(width: float, height: float, body: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}"><style>{STYLE}</style>{body}</svg>'
