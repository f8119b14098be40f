"""From a pen's event to its pixels, on a page that is full.

Four numbers in seconds: the median and the slowest of the events of some strokes, the slowest full drawing of the page, and how
long the window stands still at most when the sheet is as full as can be.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QInputDevice, QPointingDevice, QPointingDeviceUniqueId, QTabletEvent
from PySide6.QtWidgets import QApplication

from ui.model.ink.commands import AddStroke, InsertStrokes, ReplaceInk
from ui.model.ink.document import Content, Stroke

if TYPE_CHECKING:
    from ui.ink.canvas import Canvas
    from ui.window import Window

STROKES, POINTS = 500, 40  # on the page, and in each
WRITTEN, EVENTS = 8, 120  # strokes that are timed, and events of each
INTERVAL = 5  # ms between the events of a pen
SETTLED = 200  # ms after the window is shown
CROWD = 20_000  # strokes of a sheet that is as full as can be
FRAMES = 20  # that are looked at after each step there


def page(strokes: int, width: float, height: float) -> tuple[Stroke, ...]:
    """Loops in rows that fill a page."""
    columns = round((strokes * width / height) ** 0.5)
    cell_x, cell_y = width / columns, height / (strokes // columns + 1)
    turn = np.linspace(0, 7, POINTS)
    made = []
    for number in range(strokes):
        row, column = divmod(number, columns)
        x = (column + 0.5) * cell_x + 0.45 * cell_x * np.sin(turn)
        y = (row + 0.5) * cell_y + 0.4 * cell_y * np.cos(turn * (1 + number % 3 / 2))
        points = np.stack([x, y, number + turn / 10], 1).astype(np.float32)
        made.append(Stroke(points, (0.5 + 0.45 * np.sin(turn)).astype(np.float32)))
    return tuple(made)


def print_frame_times(window: "Window") -> None:
    """Once the window has settled, fill the page, write on it, print the times and quit."""
    QTimer.singleShot(SETTLED, lambda: _measure(window))


def _measure(window: "Window") -> None:
    canvas, bench = window.panes.canvas, window.bench
    bench.undo.push(InsertStrokes(bench.ink, bench.selection, page(STROKES, canvas.width(), canvas.height()), "page"))
    bench.selection.choose(frozenset())
    QApplication.processEvents()
    events = [_timed(canvas, event) for event in _pen_events(canvas)]
    pans = []
    for _ in range(5):
        start = time.perf_counter()
        bench.desk.viewport.place(bench.desk.viewport.placement.moved(3, 2))
        QApplication.processEvents()
        while not canvas.drawn:
            QApplication.processEvents()
        pans.append(time.perf_counter() - start)
    stall = longest_stall(window, CROWD)
    print(f"{median(events):.5f} {max(events):.5f} {max(pans):.5f} {stall:.5f}", flush=True)
    bench.close()
    QApplication.quit()


def longest_stall(window: "Window", strokes: int) -> float:
    """For how long [s of the processor] the window stands still at most in one of the `turns`."""
    stalls = []
    for turn in turns(window, strokes):
        start = time.thread_time()
        turn()
        stalls.append(time.thread_time() - start)
    return max(stalls)


def turns(window: "Window", strokes: int) -> Iterator[Callable[[], object]]:
    """What the window does at a time while a sheet of so many strokes is opened, drawn, written on, moved, selected and undone; each
    is to be called before the next is asked for."""
    canvas, bench = window.panes.canvas, window.bench
    content, viewport = Content(page(strokes, canvas.width(), canvas.height())), bench.desk.viewport
    for stroke in content.strokes:
        stroke.box  # noqa: B018 (as of strokes from a file, which are looked at off the window's thread)
    steps: list[Callable[[], object]] = [
        lambda: bench.undo.push(ReplaceInk(bench.ink, content, "open", lambda _file: None, (None, None))),
        lambda: bench.undo.push(AddStroke(bench.ink, page(1, 300, 300)[0])),
        bench.undo.undo,
        lambda: viewport.place(viewport.placement.moved(3, 2)),
        lambda: viewport.place(viewport.placement.zoomed(1.1, 100, 100)),
        bench.selection.choose_all,
        lambda: bench.selection.choose(frozenset()),
    ]
    for step in steps:
        yield partial(_take, step)
        yield from [QApplication.processEvents] * (FRAMES - 1)


def _take(step: Callable[[], object]) -> None:
    step()
    QApplication.processEvents()


def _timed(canvas: "Canvas", event: QTabletEvent) -> float:
    """Seconds until the event is seen."""
    start = time.perf_counter()
    QApplication.sendEvent(canvas, event)
    QApplication.processEvents()
    return time.perf_counter() - start


def _pen_events(canvas: "Canvas") -> Iterator[QTabletEvent]:
    capability = QInputDevice.Capability.Pressure
    kind, pointer = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen
    device = QPointingDevice("stylus", 1, kind, pointer, capability, 1, 1, "", QPointingDeviceUniqueId())
    now = 0
    for number in range(WRITTEN):
        for k in range(EVENTS):
            event_type = QEvent.Type.TabletMove
            if k in (0, EVENTS - 1):
                event_type = QEvent.Type.TabletRelease if k else QEvent.Type.TabletPress
            x = 20 + (canvas.width() - 40) * k / EVENTS
            y = 20 + (canvas.height() - 40) * (0.5 + 0.4 * float(np.sin(k / 7 + number)))
            place, left = QPointF(x, y), Qt.MouseButton.LeftButton
            held = Qt.MouseButton.NoButton if event_type == QEvent.Type.TabletRelease else left
            on_screen, none = QPointF(canvas.mapToGlobal(place.toPoint())), Qt.KeyboardModifier.NoModifier
            event = QTabletEvent(event_type, device, place, on_screen, 0.6, 0, 0, 0, 0, 0, none, left, held)
            now += INTERVAL
            event.setTimestamp(now)
            yield event
