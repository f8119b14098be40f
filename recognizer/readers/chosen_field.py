"""The reading of a cheque seen as that of the one field that its answer was read from."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from recognizer.gtn import Graph
from recognizer.gtn.origins import renumbered
from recognizer.gtn.select import subgraph
from recognizer.readers.alignment import reader_of
from recognizer.readers.cheque import owner_of_answer
from recognizer.readers.fields import FieldSegmenter
from recognizer.readers.reader import LatticeReader
from recognizer.readers.reading import Reading, Stage
from recognizer.readers.recut import Cutter


def amount_reading(reading: Reading) -> Reading:
    """The same answer with the trace that the reader of amounts gives: no stage of fields, and segments of the chosen field alone.

    Places stay those of the page. The reading of anything but a cheque is returned as it is.
    """
    trace = reading.trace
    if "fields" not in trace.names:
        return reading
    owner = owner_of_answer(trace)
    own = trace.follow("segmentation", "fields") == owner
    part = subgraph(trace.segmentation, own)
    stages, numbers = [Stage("segmentation", part.with_origins(()))], _numbers(part, len(own))
    for before, stage in pairwise(trace.stages[1:]):
        behind = trace.follow(stage.name, before.name)
        part = subgraph(stage.graph, (behind < 0) | (renumbered(behind, numbers) >= 0))
        (arcs,) = part.origins
        stages.append(Stage(stage.name, part.with_origins((renumbered(behind[arcs], numbers),))))
        numbers = _numbers(part, len(behind))
    reader = reader_of(reading)
    field = _segmenter_of(reader).only(owner)  # painted anew: where fields share ink, it was given to another
    narrowed = replace(
        trace,
        segments=field(),
        penalties=trace.penalties[own],
        stages=tuple(stages),
        reader=replace(reader, segment=Cutter[object](field)),
    )
    return replace(reading, trace=narrowed)


def _segmenter_of(reader: LatticeReader[object]) -> FieldSegmenter:
    """What cuts the fields where the reader of a cheque looks for its amount."""
    assert isinstance(reader.segment, Cutter)
    assert isinstance(reader.segment.segment, FieldSegmenter)
    return reader.segment.segment


def _numbers(part: Graph, arcs: int) -> np.ndarray:
    """(A,) the number in a ``part`` of a graph of each of its ``arcs``, -1 = gone."""
    (kept,) = part.origins
    numbers = np.full(arcs, -1)
    numbers[kept] = np.arange(len(kept))
    return numbers
