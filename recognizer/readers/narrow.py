"""The reading of a cheque seen as that of the one field that its answer was read from."""

from dataclasses import replace

import numpy as np

from recognizer.gtn import Graph
from recognizer.gtn.select import subgraph
from recognizer.readers.cheque import owner_of_answer
from recognizer.readers.fields import FieldSegmenter
from recognizer.readers.reader import Reader
from recognizer.readers.reading import Reading, Stage
from recognizer.readers.recut import Cutter
from recognizer.readers.wanted import reader_of


def amount_reading(reading: Reading) -> Reading:
    """The same answer with the trace that the reader of amounts gives: no stage of fields, and segments of the chosen field alone.

    Places stay those of the page. The reading of anything but a cheque is returned as it is.
    """
    trace = reading.trace
    if trace.stages[0].name != "fields":
        return reading
    _, segmentation, *later = trace.stages
    owners = segmentation.graph.origins[0]
    owner = owner_of_answer(trace.stages)
    own = owners == owner
    graph, numbers = _restricted(segmentation.graph, own, np.arange(len(own)))
    stages = [Stage("segmentation", graph)]
    for stage in later:
        origin = stage.graph.origins[0]
        graph, numbers = _restricted(stage.graph, (origin < 0) | (numbers[origin] >= 0), numbers)
        stages.append(Stage(stage.name, graph))
    reader = reader_of(reading)
    field = _segmenter_of(reader).only(owner)  # cut again: where fields share ink, it was given to another
    narrowed = replace(
        trace,
        segments=field(),
        penalties=trace.penalties[own],
        stages=tuple(stages),
        reader=replace(reader, segment=Cutter[object](field)),
    )
    return replace(reading, trace=narrowed)


def _segmenter_of(reader: Reader[object]) -> FieldSegmenter:
    """What cuts the fields where the reader of a cheque looks for its amount."""
    assert isinstance(reader.segment, Cutter)
    assert isinstance(reader.segment.segment, FieldSegmenter)
    return reader.segment.segment


def _restricted(graph: Graph, kept: np.ndarray, below: np.ndarray) -> tuple[Graph, np.ndarray]:
    """The arcs where ``kept`` (A,) is true, their origins renumbered by ``below``; and the new number (A,) of each arc, -1 = gone."""
    part = subgraph(graph, kept)
    (arcs,) = part.origins
    numbers = np.full(len(kept), -1)
    numbers[arcs] = np.arange(len(arcs))
    origin = graph.origins[0][arcs]
    return part.with_origins((np.where(origin >= 0, below[origin], -1),)), numbers
