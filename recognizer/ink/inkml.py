"""Ink from and to InkML, the W3C's markup for pen data.

Read: regular and intermittent channels, explicit and difference-encoded traces, trace groups, contexts and ink sources
with their units and resolutions; colour and width of brushes; trace views with an annotation of type "truth". Not applied: canvas
transforms, mappings, other trace views.
Source: W3C, Ink Markup Language (InkML), Recommendation of 20 September 2011.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple
from xml.etree.ElementTree import Element

import numpy as np

from recognizer.errors import InputError, NothingToRead
from recognizer.files import Source, read_source
from recognizer.ink.ink import MAX_COORDINATE, MAX_POINTS, MAX_SECONDS, MAX_STROKES, Ink
from recognizer.ink.inkml_brushes import UNTOLD, Brush, brush_id, brush_lines, brush_of, numbered
from recognizer.ink.inkml_document import kind_of, roots_of
from recognizer.ink.inkml_traces import DEFAULT_CHANNELS, Channel, attribute, decode_trace, read_channels
from recognizer.ink.inkml_truth import Truths, id_of, trace_id, truth_lines, truths_in

MAX_INKML_BYTES = 20_000_000  # more than write_inkml needs for MAX_POINTS of handwriting
UNIT, UNIT_PX = 1.5, 1000.0  # ink that is no larger than this is on a page one unit wide; that page in px
POINTS_PER_SECOND = 100.0  # assumed where a file has no times
PEN_LIFT = 0.1  # [s] assumed between strokes whose times do not say


class LabelledInk(NamedTuple):
    """What a file of ink holds."""

    ink: Ink
    truths: dict[frozenset[int], str]  # what a person says that some of the strokes write, by their indices
    brushes: tuple[Brush, ...]  # of the strokes


def read_inkml(source: Source) -> Ink:
    """The ink of a file, or of its bytes: see `read_labelled_inkml`."""
    return read_labelled_inkml(source).ink


def read_labelled_inkml(source: Source) -> LabelledInk:
    """The pen-down traces of a file, or of its bytes, as strokes; what is said about some of them, and what they are drawn with.

    Lengths become px at 96 to the inch. Device units without a resolution stay as they are, but for pages that are one unit wide
    and say of none, which become as wide as one of pixels. Times become seconds. Where they are missing, points follow each other
    at 100 a second; times so large that float32 would blur them count from the first point, and where strokes lie days apart
    their pauses are shortened. Pressures become 0..1 by the channel's range, or by the hardest press where the file gives no range.

    Raises NothingToRead where there is no trace, InputError for anything else that cannot be used: files that cannot be
    opened, larger than MAX_INKML_BYTES, broken or not InkML, with a DTD or entities, or beyond the limits of Ink.
    """
    data, name = read_source(source, MAX_INKML_BYTES, "ink")
    roots = roots_of(data, name)
    try:
        with np.errstate(over="ignore", invalid="ignore"):  # what is not finite in the end is refused by Ink
            traces = _Traces()
            truths: dict[frozenset[int], str] = {}
            for root in roots:
                _collect(root, traces)
                truths |= truths_in(root, traces.numbers)
            if not traces.strokes:
                raise NothingToRead
            ink = Ink(_timed(_placed(traces)), _pressures(traces.pressures))
            return LabelledInk(ink, truths, tuple(traces.brushes))
    except NothingToRead:
        raise NothingToRead(f"{name} holds no trace of a pen: there is nothing to read.") from None
    except InputError as error:
        raise InputError(f"{name} cannot be read. {error}") from error


def _collect(root: Element, traces: "_Traces") -> None:
    """Add the traces of a document; their names are its own."""
    traces.numbers.clear()
    for number, (element, context) in enumerate(_walk(root), start=1):
        try:
            traces.add(element, context)
        except InputError as error:
            raise InputError(f"Trace {number} {error}.") from error


def write_inkml(ink: Ink, truths: Truths = MappingProxyType({}), brushes: Sequence[Brush] = ()) -> bytes:
    """An InkML document that read_labelled_inkml gives back exactly, number by number. UTF-8. ``brushes``: one a stroke, or none."""
    numbers = numbered(brushes)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<ink xmlns="http://www.w3.org/2003/InkML">',
        "  <definitions>",
        '    <timestamp xml:id="start" time="0"/>',
        *brush_lines(numbers),
        "  </definitions>",
        "  <traceFormat>",
        '    <channel name="X" type="decimal" units="dev"/>',
        '    <channel name="Y" type="decimal" units="dev"/>',
        '    <channel name="T" type="decimal" units="s" respectTo="#start"/>',
    ]
    if ink.pressures is not None:
        lines.append('    <channel name="F" type="decimal" min="0" max="1"/>')
    lines.append("  </traceFormat>")
    for i, stroke in enumerate(ink.strokes):
        columns = stroke if ink.pressures is None else np.column_stack([stroke, ink.pressures[i]])
        points = (" ".join(np.format_float_positional(value, trim="-") for value in row) for row in columns)
        number = numbers.get(brushes[i]) if brushes else None
        brush = "" if number is None else f' brushRef="#{brush_id(number)}"'
        lines.append(f'  <trace xml:id="{trace_id(i)}"{brush}>{", ".join(points)}</trace>')
    return "\n".join([*lines, *truth_lines(truths), "</ink>\n"]).encode()


@dataclass(frozen=True)
class _Context:
    """What a trace's numbers mean."""

    channels: tuple[Channel, ...] = DEFAULT_CHANNELS
    regular: int = 2
    brush: Brush = UNTOLD


def _walk(root: Element) -> Iterator[tuple[Element, _Context]]:
    """Pen-down traces in the order of the document, each with its context: by reference, inherited from its group, or
    the one that last stood before it."""
    contexts = _Contexts(root)
    current = contexts.default()
    stack: list[tuple[Element, _Context | None]] = [(root, None)]
    while stack:
        element, inherited = stack.pop()
        kind = kind_of(element)
        if kind in ("context", "inkSource", "traceFormat"):
            current = contexts.of(element)
            continue
        context = contexts.referred(element) or inherited
        if element.get("brushRef"):
            context = replace(context or current, brush=contexts.brush(element))
        if kind in ("ink", "traceGroup"):
            stack.extend((child, context) for child in reversed(element))
        elif kind == "trace" and element.get("type", "penDown") == "penDown":
            yield element, context or current


class _Contexts:
    """Resolves references between contexts, ink sources and trace formats; each is looked through once, however many refer to it."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._elements = {id_of(element): element for element in root.iter()}
        self._known: dict[Element, _Context] = {}
        self._parts: dict[tuple[Element, str], Element | None] = {}
        self._formats: dict[tuple[Element, Element | None], _Context] = {}

    def default(self) -> _Context:
        """For traces that name no context: the first one defined, as files with a single one mean just that."""
        for element in self._root.iter():
            if kind_of(element) in ("context", "inkSource", "traceFormat"):
                return self.of(element)
        return _Context()

    def referred(self, element: Element) -> _Context | None:
        target = self._target(element, "contextRef")
        return None if target is None else self.of(target)

    def of(self, element: Element) -> _Context:
        if element not in self._known:
            context, brush = self._resolve(element), self.brush(element)
            self._known[element] = context if brush == UNTOLD else replace(context, brush=brush)
        return self._known[element]

    def brush(self, element: Element) -> Brush:
        """That of a trace, a group or a context."""
        return brush_of(self._part(element, "brush"))

    def _resolve(self, element: Element) -> _Context:
        trace_format = self._part(element, "traceFormat")
        ink_source = self._part(element, "inkSource")
        if trace_format is None and ink_source is not None:
            trace_format = self._part(ink_source, "traceFormat")
        if trace_format is None:
            base = self._target(element, "contextRef")
            if base is None or self._target(base, "contextRef") is not None:  # one step, so that no circle catches us
                return _Context()
            return self.of(base)
        which = trace_format, ink_source
        if which not in self._formats:
            resolutions = {} if ink_source is None else _resolutions(ink_source)
            self._formats[which] = _Context(*read_channels(trace_format, resolutions))
        return self._formats[which]

    def _part(self, element: Element, kind: str) -> Element | None:
        """The element itself, a child or a referred element of that kind."""
        if (element, kind) not in self._parts:
            self._parts[element, kind] = self._find_part(element, kind)
        return self._parts[element, kind]

    def _find_part(self, element: Element, kind: str) -> Element | None:
        if kind_of(element) == kind:
            return element
        for child in element:
            if kind_of(child) == kind:
                return child
        target = self._target(element, f"{kind}Ref")
        return target if target is not None and kind_of(target) == kind else None

    def _target(self, element: Element, reference: str) -> Element | None:
        name = element.get(reference, "").removeprefix("#")
        return self._elements.get(name) if name else None


def _resolutions(ink_source: Element) -> dict[str, tuple[float, str]]:
    """Recorded units per unit of length, by channel, such as X: (1000, "1/cm")."""
    found = {}
    for element in ink_source.iter():
        if kind_of(element) == "channelProperty" and element.get("name") == "resolution":
            value = attribute(element, "value")
            if value is not None and value > 0:
                found[element.get("channel", "")] = (value, element.get("units", ""))
    return found


@dataclass
class _Traces:
    """Collects the strokes of a document."""

    strokes: list[np.ndarray] = field(default_factory=list)  # (n, 3) float64: px, px, s
    pressures: list[tuple[np.ndarray, Channel] | None] = field(default_factory=list)  # as recorded
    brushes: list[Brush] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)  # of the strokes whose traces have an id
    points: int = 0
    measured: bool = False  # does the file say of any stroke in which unit it is?

    def add(self, element: Element, context: _Context) -> None:
        """Raises InputError (the end of a sentence about this trace)."""
        text = "".join(element.itertext())
        if (
            self.points + text.count(",") >= MAX_POINTS or len(self.strokes) >= MAX_STROKES
        ):  # before anything is decoded
            raise InputError(f"goes beyond the limit of {MAX_STROKES:,} traces and {MAX_POINTS:,} points")
        values = decode_trace(text, len(context.channels), context.regular)
        if not len(values):
            return
        self.points += len(values)
        columns = {channel.name: (values[:, i], channel) for i, channel in enumerate(context.channels)}
        (x, x_channel), (y, y_channel) = columns["X"], columns["Y"]
        self.measured |= x_channel.measured or y_channel.measured
        times = self._times(element, columns.get("T"), len(values))
        stroke = np.column_stack([x * x_channel.scale, y * y_channel.scale, times])
        name = id_of(element)
        if name is not None:
            self.numbers[name] = len(self.strokes)
        self.strokes.append(stroke)
        self.pressures.append(columns.get("F"))
        self.brushes.append(context.brush)

    def _times(self, element: Element, recorded: tuple[np.ndarray, Channel] | None, points: int) -> np.ndarray:
        end = self.strokes[-1][-1, 2] if self.strokes else -PEN_LIFT
        if recorded is None:
            return end + PEN_LIFT + np.arange(points) / POINTS_PER_SECOND
        values, channel = recorded
        times = values * channel.scale
        if channel.absolute:
            return times
        times = times + (attribute(element, "timeOffset") or 0.0) / 1000
        if self.strokes and times[0] < end:  # counted from the start of each trace
            times = times - times[0] + end + PEN_LIFT
        return times


def _placed(traces: _Traces) -> list[np.ndarray]:
    """The strokes where they are, unless nobody could see or hold them there: a page that is one unit wide, of which no unit is told,
    becomes as wide as one of pixels; what lies beyond the greatest coordinate comes near, and small enough."""
    points = np.concatenate(traces.strokes)[:, :2]
    low, high = points.min(axis=0), points.max(axis=0)
    size = float((high - low).max())
    if 0 < size <= UNIT and float(np.abs(points).max()) <= UNIT and not traces.measured:
        factor, start = UNIT_PX, np.zeros(2)
    elif float(np.abs(points).max()) > MAX_COORDINATE:
        factor, start = min(1.0, MAX_COORDINATE / size) if size > 0 else 1.0, low
    else:
        return traces.strokes
    return [np.column_stack([(stroke[:, :2] - start) * factor, stroke[:, 2]]) for stroke in traces.strokes]


def _timed(strokes: list[np.ndarray]) -> tuple[np.ndarray, ...]:
    """The strokes with times that float32 tells apart: as they are, from the first point, or with their long pauses made short."""
    if max(np.abs(stroke[:, 2]).max() for stroke in strokes) <= MAX_SECONDS:
        return tuple(strokes)
    start = min(stroke[:, 2].min() for stroke in strokes)
    if max(stroke[:, 2].max() for stroke in strokes) - start <= MAX_SECONDS:
        return tuple(stroke - [0, 0, start] for stroke in strokes)
    longest, timed, before, end = MAX_SECONDS / (2 * len(strokes)), [], strokes[0][0, 2], 0.0
    for stroke in strokes:
        times = stroke[:, 2] - stroke[0, 2]
        if not np.abs(times).max() <= longest:
            times = np.arange(len(times)) / POINTS_PER_SECOND
        end += min(max(stroke[0, 2] - before, 0.0), longest)
        timed.append(np.column_stack([stroke[:, :2], end + times]))
        before, end = stroke[-1, 2], end + times[-1]
    return tuple(timed)


def _pressures(recorded: list[tuple[np.ndarray, Channel] | None]) -> tuple[np.ndarray, ...] | None:
    """0..1 for each stroke; None unless all strokes have them."""
    known = [pair for pair in recorded if pair is not None]
    if len(known) < len(recorded):
        return None
    hardest = max(float(values.max()) for values, _ in known)
    fallback = hardest if hardest > 1 else 1.0
    scaled = []
    for values, channel in known:
        high = fallback if channel.high is None else channel.high
        spread = high - channel.low
        scaled.append(np.clip((values - channel.low) / (spread if spread > 0 else 1.0), 0, 1))
    return tuple(scaled)
