"""The longest time that the GUI thread did not answer while all samples are read."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from ui.locations import SAMPLES
from ui.model.ink.commands import AddStroke
from ui.model.ink.document import Stroke, strokes_of

if TYPE_CHECKING:
    from ui.window import Window

STROKE_EVERY = 120  # ms, between the strokes of the ink that is written meanwhile


class StallMeter(QObject):
    """Watches the event loop with a fast timer; ``longest`` [s] is the longest time between two of its ticks."""

    INTERVAL = 2  # ms

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=self.INTERVAL)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Watch from now on."""
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer.start()

    def stop(self) -> float:
        """Stop watching; the longest stall in seconds."""
        self._timer.stop()
        return self.longest

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


class _StallTrial(QObject):
    """Waits until the readers are there, writes the samples of ink stroke by stroke, opens the sample pictures."""

    def __init__(self, window: "Window", samples: Path) -> None:
        super().__init__(window)
        self._bench, self._meter = window.bench, StallMeter()
        self._loaded = 0
        self._steps = self._work(samples)
        self._bench.reading.ready.connect(self._on_loaded)
        self._bench.reading.failed.connect(self._on_loaded)

    def _on_loaded(self, *_what: object) -> None:
        self._loaded += 1
        if self._loaded == len(self._bench.desks):
            self._meter.start()
            QTimer.singleShot(0, self._next)

    def _next(self) -> None:
        step = next(self._steps, None)
        if step is not None:
            step()
            QTimer.singleShot(STROKE_EVERY, self._next)
        elif any(desk.stale for desk in self._bench.desks.values()) or self._bench.opener.busy:
            QTimer.singleShot(STROKE_EVERY, self._next)
        else:
            print(f"{self._meter.stop():.3f}", flush=True)
            QApplication.quit()

    def _work(self, samples: Path) -> Iterator[Callable[[], None]]:
        from recognizer.ink import read_inkml

        for path in sorted(samples.glob("*.inkml")):
            yield self._bench.clear
            for stroke in strokes_of(read_inkml(path)):
                yield partial(self._write, stroke)
        for path in sorted(samples.glob("*.png")):
            yield partial(self._bench.open, path, path.name)

    def _write(self, stroke: Stroke) -> None:
        self._bench.undo.push(AddStroke(self._bench.ink, stroke))


def print_longest_stall(window: "Window") -> None:
    """Once the readers are loaded, read all samples while writing, print the longest stall in seconds and quit."""
    _StallTrial(window, SAMPLES)
