"""Figures of the window: seconds to the first frame and until it can read, and the longest time that the GUI thread did not answer.

INKLATTICE_TIME_START=1 prints the first, INKLATTICE_TIME_READY=1 the second, INKLATTICE_TIME_STALL=1 the third, and all quit.
For the canvas see `frame_times`, for the lattice `inspect.measure`.
"""

import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui.ink.document import Stroke, strokes_of

if TYPE_CHECKING:
    from ui.window import Window

STROKE_EVERY = 120  # ms, between the strokes of the ink that is written while stalls are measured


def trial() -> str | None:
    """The figure that the environment asks for: "start", "ready", "stall", "canvas", "lattice" or none."""
    figures = ("start", "ready", "stall", "canvas", "lattice")
    return next((name for name in figures if os.environ.get(f"INKLATTICE_TIME_{name.upper()}")), None)


def seconds_since_process_start() -> float:
    """Age of this process; on Linux from the kernel (to 10 ms), elsewhere CPU time of the process."""
    stat = Path("/proc/self/stat")
    if not stat.exists():
        return time.process_time()
    started = int(stat.read_text().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


class _FirstFrame(QObject):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            window.removeEventFilter(self)
            QTimer.singleShot(0, self._tell)
        return False

    @staticmethod
    def _tell() -> None:
        print(f"{seconds_since_process_start():.3f}", flush=True)
        QApplication.quit()


def print_start_time(window: QWidget) -> None:
    """Once the first frame of ``window`` is painted, print the age of the process in seconds and quit."""
    _FirstFrame(window)


def print_ready_time(window: "Window") -> None:
    """Once every reader of ``window`` is loaded and warm, print the age of the process in seconds and quit."""
    waiting = set(window.bench.desks)

    def on_ready(kind: str) -> None:
        waiting.discard(kind)
        if not waiting:
            print(f"{seconds_since_process_start():.3f}", flush=True)
            QApplication.quit()

    window.bench.reading.ready.connect(on_ready)


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
        from ui.ink.commands import AddStroke

        self._bench.undo.push(AddStroke(self._bench.ink, stroke))


def print_longest_stall(window: "Window", samples: Path) -> None:
    """Once the readers are loaded, read all samples while writing, print the longest stall in seconds and quit."""
    _StallTrial(window, samples)
