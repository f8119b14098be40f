"""What a person does with the window, and what they see: by events, as the system sends them."""

import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QPointingDeviceUniqueId, QTabletEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.lattice.layout import ArcShape
from ui.places import Places
from ui.window import Window

Place = tuple[float, float]


class Person:
    """Writes, points, clicks, types."""

    def __init__(self, window: Window, qtbot: QtBot, places: Places) -> None:
        self.window, self.qtbot, self.places = window, qtbot, places
        self._closed = False

    def draw(self, *places: Place) -> None:
        """A stroke with the mouse, in pixels of the canvas."""
        canvas = self.window.panes.canvas
        points = [QPoint(round(x), round(y)) for x, y in places]
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[0])
        for point in points[1:]:
            QTest.mouseMove(canvas, point)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[-1])

    def draw_number(self, digits: int = 3, top: float = 60) -> None:
        """A line of some upright strokes."""
        for digit in range(digits):
            self.draw(*((60 + 70 * digit + step, top + 12 * step) for step in range(8)))

    def pen(self, kind: QEvent.Type, at: Place, pressure: float = 0.5, eraser: bool = False) -> bool:
        """A tablet event on the canvas; was it accepted?"""
        canvas = self.window.panes.canvas
        pointer = QPointingDevice.PointerType.Eraser if eraser else QPointingDevice.PointerType.Pen
        device = QPointingDevice(
            *("stylus", 7, QInputDevice.DeviceType.Stylus, pointer, QInputDevice.Capability.Pressure, 1, 1),
            *("", QPointingDeviceUniqueId()),
        )
        up = kind == QEvent.Type.TabletRelease
        button, buttons = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton if up else Qt.MouseButton.LeftButton
        place = QPointF(*at)
        event = QTabletEvent(
            *(kind, device, place, QPointF(canvas.mapToGlobal(place.toPoint())), pressure, 0, 0, 0, 0, 0),
            *(Qt.KeyboardModifier.NoModifier, button, buttons),
        )
        event.setTimestamp(int(time.monotonic() * 1000))
        QApplication.sendEvent(canvas, event)
        return event.isAccepted()

    def pen_stroke(self, places: Sequence[Place], pressures: Sequence[float] = (), eraser: bool = False) -> None:
        """A whole stroke with the tablet."""
        pressures = pressures or [0.5] * len(places)
        self.pen(QEvent.Type.TabletPress, places[0], pressures[0], eraser)
        for place, pressure in zip(places[1:], pressures[1:], strict=True):
            self.pen(QEvent.Type.TabletMove, place, pressure, eraser)
        self.pen(QEvent.Type.TabletRelease, places[-1], 0.0, eraser)

    def touch(self, *places: Place, lift: bool = True) -> None:
        """What the system makes of a finger, or of a palm, on the canvas: mouse events of a touch screen."""
        canvas = self.window.panes.canvas
        screen = QPointingDevice(
            *("screen", 9, QInputDevice.DeviceType.TouchScreen, QPointingDevice.PointerType.Finger),
            *(QInputDevice.Capability.Position, 5, 1, "", QPointingDeviceUniqueId()),
        )
        kinds = [QEvent.Type.MouseButtonPress, *[QEvent.Type.MouseMove] * (len(places) - 1)]
        events = [*zip(kinds, places, strict=True), *([(QEvent.Type.MouseButtonRelease, places[-1])] if lift else [])]
        for kind, place in events:
            at = QPointF(*place)
            up = kind == QEvent.Type.MouseButtonRelease
            button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
            buttons = Qt.MouseButton.NoButton if up else Qt.MouseButton.LeftButton
            event = QMouseEvent(
                *(kind, at, QPointF(canvas.mapToGlobal(at.toPoint())), button, buttons),
                *(Qt.KeyboardModifier.NoModifier, screen),
            )
            QApplication.sendEvent(canvas, event)

    def wheel(self) -> None:
        """A notch of the mouse's wheel over the canvas."""
        at = QPointF(100, 100)
        event = QWheelEvent(
            *(at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier),
            *(Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(self.window.panes.canvas, event)

    def do(self, action: str) -> None:
        """Use a command of the menus."""
        self.window.actions_[action].trigger()

    def press(self, text: str) -> None:
        """Press a button of the window by its words."""

        def seen() -> list[QPushButton]:
            return [b for b in self.window.findChildren(QPushButton) if b.text() == text and b.isVisible()]

        self.qtbot.waitUntil(lambda: bool(seen()), timeout=2000)
        QTest.mouseClick(seen()[0], Qt.MouseButton.LeftButton)

    def open(self, path: Path) -> None:
        """Open a file and wait until that has ended."""
        self.window.files.open([path])
        self.qtbot.waitUntil(lambda: not self.window.bench.opener.busy, timeout=20000)

    def save(self, path: Path) -> None:
        """Save the ink and wait until that has ended."""
        with self.qtbot.waitSignal(self.window.bench.keeper.saved, timeout=20000):
            self.window.bench.save(path)

    def wait_for_answer(self) -> str:
        """Wait until what is on the sheet was read; the text in large letters."""
        bench = self.window.bench
        self.qtbot.waitUntil(
            lambda: not bench.opener.busy and bench.desk.answer is not None and not bench.desk.stale, timeout=20000
        )
        return self.shown_text()

    def shown_text(self) -> str:
        return self.window.panes.answer.text.text()

    def verdict(self) -> str:
        return self.window.panes.answer.verdict.text()

    def notice(self) -> str:
        bar = self.window.panes.notices
        return bar.sentence.text() if bar.isVisible() else ""

    def shapes(self) -> Sequence[ArcShape]:
        layout = self.window.panes.lattice.layout_now
        assert layout is not None
        return layout.arcs

    def place_of(self, arc: int) -> QPoint:
        """The middle of an arc's card in the lattice."""
        card = self.shapes()[arc].card
        assert card is not None
        return QPoint(round(card.left + card.width / 2), round(card.top + card.height / 2))

    def point_at_arc(self, arc: int) -> None:
        QTest.mouseMove(self.window.panes.lattice, self.place_of(arc) + QPoint(1, 1))
        QTest.mouseMove(self.window.panes.lattice, self.place_of(arc))

    def click_arc(self, arc: int) -> None:
        QTest.mouseClick(
            self.window.panes.lattice, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.place_of(arc)
        )

    def counts(self, view: QWidget, colour: str) -> int:
        """How many pixels of a view have a colour."""
        import numpy as np
        from PySide6.QtGui import QColor, QImage

        image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
        return int((pixels == np.uint32(QColor(colour).rgb())).sum())

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self.window.close()
            self.window.deleteLater()
