"""How long a frame of the lattice takes: a made-up reading with many arcs, moved and zoomed."""

import gc
import os
import time
from math import inf
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from ui.model.answer import Answer
from ui.model.viewport import fitted

if TYPE_CHECKING:
    from recognizer.readers.reading import Reading
    from ui.window import Window

FRAMES = 40
SIZE = (1280, 860)  # of the window
PITCH = 40.0  # px of the source from cut to cut
LONGEST = 3  # pieces of a segment
CLASSES = (*"0123456789", "junk")
STEP = 37.0  # px of the view that a frame is moved by


class _NoInk:
    """Stands for ink where only the lattice counts."""

    def pieces_at(self, _x: float, _y: float, _reach: float) -> frozenset[int]:
        return frozenset()

    def strokes_in(self, first: int, last: int) -> frozenset[int]:
        return frozenset()

    def draw(self, painter: QPainter, first: int, last: int, colour: str) -> None:
        pass


def made_up(arcs: int) -> "Reading":
    """A reading whose interpretation graph has at least so many arcs, all of them possible."""
    from recognizer.language.amount import number_grammar, written_symbols
    from recognizer.readers.reader import LatticeReader
    from recognizer.segments import Segments

    generator = np.random.default_rng(0)

    def read(cuts: int) -> "Reading":
        pairs = [(u, v) for u in range(cuts - 1) for v in range(u + 1, min(u + LONGEST, cuts - 1) + 1)]
        first, last = np.array(pairs, np.int32).T
        count = len(first)
        penalties = generator.exponential(4.0, (count, len(CLASSES))).astype(np.float32)
        boxes = np.stack([first * PITCH, np.zeros(count), last * PITCH, np.full(count, 80.0)], axis=1)
        segments = Segments(
            cuts=np.arange(cuts, dtype=np.float32) * np.float32(PITCH),
            first=first,
            last=last,
            boxes=boxes.astype(np.float32),
            images=np.zeros((count, 1, 8, 8), np.float32),
            features=np.zeros((count, 1), np.float32),
        )
        reader: LatticeReader[None] = LatticeReader(
            lambda _source: segments,
            lambda _segments: penalties,
            number_grammar(CLASSES),
            CLASSES,
            written_symbols(CLASSES),
            0.5,
        )
        return reader.read(None)

    sample = read(21)
    return read(21 * (1 + arcs // len(sample.trace.interpretation.source)))


def frame_times(window: "Window", arcs: int) -> tuple[int, float, float]:
    """How many arcs of one stage are drawn, and the median and the longest CPU time of a frame in which they are moved or
    zoomed [s]."""
    from ui.model.lattice.lattice import lattice_of

    reading = made_up(arcs)
    window.bench.desk.show(Answer(reading, lattice_of(reading), _NoInk()))
    pane = window.panes.lattice_pane
    pane.choice.setCurrentIndex(3)
    pane.stages.set_margin(inf)
    view, viewport = pane.stages, window.bench.desk.viewport
    viewport.place(fitted((0.0, 0.0, float(reading.trace.segments.cuts[-1]), 80.0), view.width(), 200.0))
    seconds, drawn = [], 0
    gc.freeze()  # as when readers are loaded
    for frame in range(FRAMES + 1):
        moved = viewport.placement.moved(STEP if frame % 2 else -STEP, 0)
        start = time.thread_time()
        viewport.place(moved if frame % 4 else moved.zoomed(1.02 if frame % 8 else 1 / 1.02, 400.0, 0.0))
        view.repaint()
        seconds.append(time.thread_time() - start)
        drawn = max(drawn, sum(len(band.arcs) for band in view.bands))
    return drawn, median(seconds[1:]), max(seconds[1:])


def print_frame_times(window: "Window") -> None:
    """Print the figures for as many arcs as the environment asks for, and quit."""

    def tell() -> None:
        window.resize(*SIZE)
        QApplication.processEvents()
        print(*frame_times(window, int(os.environ["INKLATTICE_TIME_LATTICE"])), flush=True)
        QApplication.quit()

    QTimer.singleShot(0, tell)
