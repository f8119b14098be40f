"""The reading of a cheque seen as that of the one field that its answer was read from."""

from dataclasses import replace

import numpy as np

from recognizer.gtn import Graph
from recognizer.gtn.select import keep
from recognizer.page import PageSegments
from recognizer.readers.cheque import owner_of_answer
from recognizer.readers.reading import Reading, Stage


def amount_reading(reading: Reading) -> Reading:
    """The same answer with the trace that the reader of amounts gives: no stage of fields, and segments of the chosen field alone.

    Places stay those of the page. The reading of anything but a cheque is returned as it is.
    """
    trace = reading.trace
    if trace.stages[0].name != "fields":
        return reading
    _, segmentation, *later = trace.stages
    owners = segmentation.graph.origins[0]
    own = owners == owner_of_answer(trace.stages)
    graph, numbers = _restricted(segmentation.graph, own, np.arange(len(own)))
    stages = [Stage("segmentation", graph)]
    for stage in later:
        origin = stage.graph.origins[0]
        graph, numbers = _restricted(stage.graph, (origin < 0) | (numbers[origin] >= 0), numbers)
        stages.append(Stage(stage.name, graph))
    assert isinstance(trace.segments, PageSegments)
    narrowed = replace(
        trace, segments=_chosen(trace.segments, own), penalties=trace.penalties[own], stages=tuple(stages)
    )
    return replace(reading, trace=narrowed)


def _restricted(graph: Graph, kept: np.ndarray, below: np.ndarray) -> tuple[Graph, np.ndarray]:
    """The arcs where ``kept`` (A,) is true, their origins renumbered by ``below``; and the new number (A,) of each arc, -1 = gone."""
    part = keep(graph, kept)
    (arcs,) = part.origins
    numbers = np.full(len(kept), -1)
    numbers[arcs] = np.arange(len(arcs))
    origin = graph.origins[0][arcs]
    return part.with_origins((np.where(origin >= 0, below[origin], -1),)), numbers


def _chosen(segments: PageSegments, own: np.ndarray) -> PageSegments:
    """Some of the segments (S,), which are those between two cuts."""
    first, last = segments.first[own], segments.last[own]
    start, end = int(first.min()), int(last.max())
    inside = (segments.piece_map >= start) & (segments.piece_map < end)
    return PageSegments(
        cuts=segments.cuts[start : end + 1],
        first=first - start,
        last=last - start,
        boxes=segments.boxes[own],
        images=segments.images[own],
        features=segments.features[own],
        piece_map=np.where(inside, segments.piece_map - start, -1).astype(np.int16),
    )
