"""Readers that need no models: every stroke, or every connected blob, is a piece, and penalties come from a generator."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from recognizer.errors import NothingToRead
from recognizer.gtn import best_path, compose, graph_of, recognition_graph, segmentation_graph
from recognizer.readers.reader import LatticeReader
from recognizer.readers.reading import Alternative, Reading, Stage, Trace
from recognizer.segments import Segments
from ui.model.ink.document import ink_of, lines_of
from ui.model.readers import INK, PAGE, page_ink, pen_ink
from ui.model.reading import Kind

CLASSES = (*"0123456789", "junk")
LONGEST = 3
GRAMMAR = graph_of([0] * len(CLASSES), [0] * len(CLASSES), range(1, len(CLASSES) + 1), final=[0])  # anything goes


@dataclass(frozen=True)
class FakeInkSegments(Segments):
    pieces: tuple[np.ndarray, ...]


@dataclass(frozen=True)
class FakePageSegments(Segments):
    piece_map: np.ndarray


def runs_of(cuts: int) -> tuple[np.ndarray, np.ndarray]:
    pairs = [(u, v) for u in range(cuts - 1) for v in range(u + 1, min(u + LONGEST, cuts - 1) + 1)]
    first, last = np.array(pairs, dtype=np.int32).T
    return first, last


def reading_of(segments: Segments, seed: int = 0) -> Reading:
    """A reading in which the single pieces win and the text is 0123..."""
    generator = np.random.default_rng(seed)
    count, classes = len(segments), len(CLASSES)
    penalties = generator.uniform(2.5, 9.0, (count, classes)).astype(np.float32)
    single = segments.last - segments.first == 1
    for segment in np.flatnonzero(single).tolist():
        penalties[segment, segments.first[segment] % 10] = 0.05
    own = np.where(single, 0.1, 0.9).astype(np.float32)
    segmentation = segmentation_graph(segments.first, segments.last, own, cuts=len(segments.cuts))
    recognition = recognition_graph(segmentation, penalties, np.arange(1, classes + 1, dtype=np.int32))
    interpretation = compose(recognition, GRAMMAR)
    path = best_path(interpretation)
    symbols = ("", *CLASSES[:-1], "")
    text = "".join(symbols[label] for label in path.label.tolist())
    stages = (
        Stage("segmentation", segmentation),
        Stage("recognition", recognition),
        Stage("interpretation", interpretation),
        Stage("best path", path),
    )
    reader = LatticeReader(lambda _source: segments, lambda _segments: penalties, GRAMMAR, CLASSES, symbols, 0.5)
    trace = Trace(segments, penalties, CLASSES, symbols, stages, reader)
    others = tuple(Alternative(text[:-1] + other, share, ()) for other, share in (("7", 0.031), ("1", 0.004)))
    return Reading(text, 0.93, True, (Alternative(text, 0.93, tuple(path.output.tolist())), *others), 0.012, trace)


def ink_segments(strokes: tuple[np.ndarray, ...]) -> FakeInkSegments:
    order = sorted(range(len(strokes)), key=lambda index: float(strokes[index][:, 0].mean()))
    lefts = np.array([strokes[i][:, 0].min() for i in order])
    rights = np.array([strokes[i][:, 0].max() for i in order])
    cuts = np.concatenate([[lefts[0] - 5], (rights[:-1] + lefts[1:]) / 2, [rights[-1] + 5]]).astype(np.float32)
    first, last = runs_of(len(cuts))
    boxes = []
    for u, v in zip(first, last, strict=True):
        points = np.concatenate([strokes[i] for i in order[u:v]])[:, :2]
        boxes.append([*points.min(axis=0), *points.max(axis=0)])
    pieces = tuple(np.array([[i, 0, len(strokes[i]) - 1]], dtype=np.int32) for i in order)
    images = np.random.default_rng(1).random((len(first), 5, 20, 18)).astype(np.float32)
    return FakeInkSegments(
        cuts, first, last, np.array(boxes, np.float32), images, np.zeros((len(first), 3), np.float32), pieces
    )


class FakeInkReader:
    """``stages`` calls of on_stage; waits at each for ``gate`` where one is given."""

    def __init__(self, gate: threading.Event | None = None) -> None:
        self.gate = gate
        self.seen: list[Any] = []

    def read(self, source: Any, on_stage: Callable[[str], None] = lambda _name: None) -> Reading:
        self.seen.append(source)
        for stage in ("segmentation", "recognition", "interpretation"):
            on_stage(stage)
            if self.gate is not None:
                self.gate.wait(5)
        if not source.strokes:
            raise NothingToRead("There is nothing on the canvas yet.")
        return reading_of(ink_segments(source.strokes))


class FakePageReader:
    """Columns with something dark in them are pieces."""

    def read(self, source: Any, on_stage: Callable[[str], None] = lambda _name: None) -> Reading:
        on_stage("segmentation")
        dark = source.grey < 128
        columns = dark.any(axis=0)
        if not columns.any():
            raise NothingToRead("There is no writing on this page.")
        edges = np.flatnonzero(np.diff(np.concatenate([[False], columns, [False]]).astype(int)))
        starts, ends = edges[::2], edges[1::2]
        owners = np.searchsorted(starts, np.arange(len(columns)), side="right") - 1
        piece_map = np.where(dark, owners[None, :], -1).astype(np.int16)
        cuts = np.concatenate([[starts[0]], (ends[:-1] + starts[1:]) / 2, [ends[-1]]]).astype(np.float32)
        first, last = runs_of(len(cuts))
        rows = np.flatnonzero(dark.any(axis=1))
        boxes = np.array([[starts[u], rows[0], ends[v - 1], rows[-1]] for u, v in zip(first, last, strict=True)])
        images = np.random.default_rng(1).random((len(first), 1, 28, 28)).astype(np.float32)
        features = np.zeros((len(first), 3), np.float32)
        return reading_of(FakePageSegments(cuts, first, last, boxes.astype(np.float32), images, features, piece_map))


def fake_kinds(ink: Any = None, page: Any = None) -> dict[str, Kind]:
    ink, page = ink or FakeInkReader(), page or FakePageReader()
    return {INK: Kind(lambda _choice: ink, pen_ink, ink_of, lines_of), PAGE: Kind(lambda _choice: page, page_ink)}
