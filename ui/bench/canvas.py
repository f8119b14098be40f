"""From a pen's event to its pixels, on a page that is full.

Three numbers in seconds: the median and the slowest of the events of some strokes, and the slowest full drawing of the page.
"""

import time
from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QInputDevice, QPointingDevice, QPointingDeviceUniqueId, QTabletEvent
from PySide6.QtWidgets import QApplication

from ui.model.ink.commands import InsertStrokes
from ui.model.ink.document import Stroke

if TYPE_CHECKING:
    from ui.ink.canvas import Canvas
    from ui.window import Window

STROKES, POINTS = 500, 40  # on the page, and in each
WRITTEN, EVENTS = 8, 120  # strokes that are timed, and events of each
INTERVAL = 5  # ms between the events of a pen
SETTLED = 200  # ms after the window is shown


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
        pans.append(time.perf_counter() - start)
    print(f"{median(events):.5f} {max(events):.5f} {max(pans):.5f}", flush=True)
    bench.close()
    QApplication.quit()


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
