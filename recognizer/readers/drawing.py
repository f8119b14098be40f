"""A reading's lattice as a picture: its ink, cuts as nodes below their places, segments as arcs with their classes."""

import base64
import io
from dataclasses import dataclass
from html import escape

import numpy as np

from recognizer.ink import Ink
from recognizer.page import Page
from recognizer.readers.chosen_field import amount_reading
from recognizer.readers.reading import Reading, Trace

MARGIN = 32.0
INK_WIDTH = (640.0, 1400.0)  # least and most [px of the drawing]
INK_HEIGHT = 260.0
NODE_GAP = 54.0  # least distance of neighbouring nodes
FIRST_DEPTH, NEXT_DEPTH = 46.0, 44.0  # how far arcs of one piece hang down, and how much further those of one more
FAINTEST, THINNEST = 0.75, 1.0  # opacity and width [px] of arcs that are no character at all: a printer draws them
LABEL = 13.0, 32  # width of a character and height of all of the words at an arc [px]
LEGEND = "orange: the best path; the thinner and paler an arc, the less likely it is; below its character the next best"
STYLE = """
    svg { background: #fff; font-family: system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1d2733 }
    .text { font-size: 30px; font-weight: 600 }  .note { font-size: 13px; font-weight: 400; fill: #66727f }
    .ink { fill: none; stroke: #14284b; stroke-linecap: round; stroke-linejoin: round }
    .cut { stroke: #c3ccd6; stroke-dasharray: 2 4; fill: none }
    .node { fill: #fff; stroke: #66727f; stroke-width: 1.5 }
    .arc path { fill: none; stroke: #66727f }
    .arc text { text-anchor: middle }  .arc rect { fill: #fff }
    .first { font-size: 15px }  .second { font-size: 11px; font-weight: 400; fill: #66727f }
    .best path { stroke: #c2410c; stroke-width: 3.5 }  .best .first { fill: #c2410c; font-size: 19px; font-weight: 700 }
    @media (hover: hover) { .arc:hover path { stroke: #2563eb; stroke-width: 3.5 } }
"""


@dataclass(frozen=True)
class _Frame:
    """Where things stand: source x, y in px becomes ``(x - left) * scale + indent``, ``(y - top) * scale + above``."""

    left: float
    top: float
    scale: float
    indent: float
    above: float
    size: tuple[float, float]  # width and height of the source in the drawing
    nodes: np.ndarray  # (C,) x of each cut's node
    node_y: float

    def place(self, points: np.ndarray) -> np.ndarray:
        """Points (n, 2) of the source in the drawing."""
        return (points - (self.left, self.top)) * self.scale + (self.indent, self.above)


def in_notebooks(reading: Reading) -> str:
    """The drawing of the field that the answer was read in."""
    return as_svg(amount_reading(reading))


def as_svg(reading: Reading, source: Ink | Page | None = None) -> str:
    """The drawing as an SVG document, without the ink where no ``source`` is given; pointing at an arc tells its classes' penalties
    [nats]."""
    trace = reading.trace
    frame = _frame(trace, source)
    spans = trace.segments.last - trace.segments.first
    deepest = FIRST_DEPTH + NEXT_DEPTH * (int(spans.max(initial=1)) - 1)
    width = max(frame.nodes[-1], frame.indent + frame.size[0], INK_WIDTH[0]) + MARGIN
    height = frame.node_y + deepest + 2 * MARGIN
    best = best_segments(trace)
    upwards = sorted(range(len(spans)), key=lambda segment: (segment in best, -spans[segment]))
    body = [
        f"<title>{escape(f'Lattice of {reading.text}')}</title>",
        *_heading(reading),
        *([] if source is None else [_picture(source, frame)]),
        *_cuts(trace, frame),
        *(_arc(trace, segment, best.get(segment), frame) for segment in upwards),
        *(f'<circle class="node" cx="{x:.1f}" cy="{frame.node_y:.1f}" r="4.5"/>' for x in frame.nodes),
        f'<text class="note" x="{MARGIN}" y="{height - MARGIN / 2:.0f}">{LEGEND}</text>',
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}"'
        f' viewBox="0 0 {width:.0f} {height:.0f}">\n<style>{STYLE}</style>\n' + "\n".join(body) + "\n</svg>\n"
    )


def best_segments(trace: Trace) -> dict[int, str]:
    """The segments that the best path was made from, each with the character that it was taken for; junk is none."""
    segments = trace.follow("best path", "segmentation")
    read = [trace.symbols[label] for label in trace.best_path.label.tolist()]
    return {segment: text for segment, text in zip(segments.tolist(), read, strict=True) if segment >= 0}


def _frame(trace: Trace, source: Ink | Page | None) -> _Frame:
    cuts = trace.segments.cuts.astype(float)
    if isinstance(source, Ink):
        left, top, right, bottom = source.bounds
    elif source is not None:
        left, top, right, bottom = 0.0, 0.0, *reversed(source.grey.shape)
    else:
        left, top, right, bottom = float(cuts[0]), 0.0, float(cuts[-1]), 1.0
    wanted = np.clip(NODE_GAP * (len(cuts) - 1), *INK_WIDTH)
    scale = min(wanted / max(right - left, 1.0), INK_HEIGHT / max(bottom - top, 1.0))
    nodes = spread((cuts - left) * scale, NODE_GAP)
    indent = MARGIN + max(0.0, -float(nodes[0]))
    above = MARGIN + 64.0
    size = ((right - left) * scale, (bottom - top) * scale)
    return _Frame(left, top, scale, indent, above, size, nodes + indent, above + size[1] + 48.0)


def spread(places: np.ndarray, gap: float) -> np.ndarray:
    """The places (n,), ascending, moved as little as can be (least squares) until neighbours are ``gap`` apart.

    Pool adjacent violators on what remains of each place when the gaps before it are taken away.
    """
    pools: list[tuple[float, int]] = []  # mean and size
    for value in places - gap * np.arange(len(places)):
        mean, size = float(value), 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, size = (mean * size + other * others) / (size + others), size + others
        pools.append((mean, size))
    return np.repeat([mean for mean, _ in pools], [size for _, size in pools]) + gap * np.arange(len(places))


def _heading(reading: Reading) -> list[str]:
    others = ", ".join(f"{each.text} {each.confidence:.1%}" for each in reading.alternatives[1:5])
    verdict = f"{'accepted' if reading.accepted else 'refused'}, confidence {reading.confidence:.1%}"
    return [
        f'<text class="text" x="{MARGIN}" y="{MARGIN + 18}">{escape(reading.text)}'
        f'<tspan class="note" dx="16">{verdict}</tspan></text>',
        f'<text class="note" x="{MARGIN}" y="{MARGIN + 42}">{escape("or: " + others if others else "")}</text>',
    ]


def _picture(source: Ink | Page, frame: _Frame) -> str:
    if isinstance(source, Ink):
        pen = max(1.5, 0.022 * frame.size[1])
        lines = (frame.place(stroke[:, :2]) for stroke in source.strokes)
        drawn = "".join(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in line)}"/>' for line in lines)
        return f'<g class="ink" stroke-width="{pen:.1f}">{drawn}</g>'
    from PIL import Image

    png = io.BytesIO()
    Image.fromarray(source.grey).save(png, "PNG")
    width, height = frame.size
    return (
        f'<image x="{frame.indent:.1f}" y="{frame.above:.1f}" width="{width:.1f}" height="{height:.1f}"'
        f' href="data:image/png;base64,{base64.b64encode(png.getvalue()).decode()}"/>'
    )


def _cuts(trace: Trace, frame: _Frame) -> list[str]:
    """A line through the ink at each cut, that leads to its node."""
    places = (trace.segments.cuts.astype(float) - frame.left) * frame.scale + frame.indent
    foot = frame.above + frame.size[1]
    return [
        f'<path class="cut" d="M{x:.1f} {frame.above:.1f} V{foot:.1f} L{node:.1f} {frame.node_y:.1f}"/>'
        for x, node in zip(places, frame.nodes, strict=True)
    ]


def _arc(trace: Trace, segment: int, taken_for: str | None, frame: _Frame) -> str:
    """One segment: a curve between its cuts' nodes, its best class or what it was taken for, and the runner-up."""
    first, last = int(trace.segments.first[segment]), int(trace.segments.last[segment])
    start, end = float(frame.nodes[first]), float(frame.nodes[last])
    depth = FIRST_DEPTH + NEXT_DEPTH * (last - first - 1)
    middle, bottom = (start + end) / 2, frame.node_y + depth
    penalties = trace.penalties[segment]
    ranked = np.argsort(penalties, kind="stable").tolist()
    characters = [k for k in ranked if k != len(trace.classes) - 1]  # the last class is junk
    share = np.exp(penalties.min() - penalties)
    certainty = float(share[characters[0]] / share.sum())
    names = [trace.classes[k] for k in characters[:2]]
    if taken_for is not None:
        names = [taken_for, *(name for name in names if name != taken_for)][:2]
    tip = "\n".join(f"{trace.classes[k]}  {penalties[k]:.2f}" for k in ranked)
    curve = f"M{start:.1f} {frame.node_y:.1f} C{start:.1f} {frame.node_y + depth * 4 / 3:.1f}"
    curve += f" {end:.1f} {frame.node_y + depth * 4 / 3:.1f} {end:.1f} {frame.node_y:.1f}"
    opacity, width = FAINTEST + (1 - FAINTEST) * certainty, THINNEST + certainty
    room = LABEL[0] * max(map(len, names))  # in which the line stops, whatever draws it
    kind, opacity = ("arc best", 1.0) if taken_for is not None else ("arc", opacity)
    return (
        f'<g class="{kind}" opacity="{opacity:.2f}"><title>{escape(tip)}</title><path d="{curve}" stroke-width="{width:.1f}"/>'
        f'<rect x="{middle - room / 2:.1f}" y="{bottom - 10:.1f}" width="{room:.1f}" height="{LABEL[1]}"/>'
        f'<text class="first" x="{middle:.1f}" y="{bottom + 5:.1f}">{escape(names[0])}'
        f'</text><text class="second" x="{middle:.1f}" y="{bottom + 20:.1f}">{escape(" ".join(names[1:]))}</text></g>'
    )
