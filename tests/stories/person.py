"""What a person does with the window, and what they see: by events, as the system sends them."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAction,
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QPointingDeviceUniqueId,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.inspect.cut_editor import CutEditor
from ui.inspect.page import InspectorPage
from ui.lattice.layout import ArcShape
from ui.locations import Locations
from ui.model.desk import Desk
from ui.window import Window

Point = tuple[float, float]
P = TypeVar("P", bound=InspectorPage)


class Person:
    """Writes, points, clicks, types."""

    def __init__(self, window: Window, qtbot: QtBot, locations: Locations) -> None:
        self.window, self.qtbot, self.locations = window, qtbot, locations
        self._closed = False
        self.bench, panes = window.bench, window.panes
        self.commands, self.help, self.teaching = window.actions_, window.help, window.teaching
        self.canvas, self.page, self.replay_bar, self.notices = panes.canvas, panes.page, panes.replay, panes.notices
        self.lattice_pane, self.lattice, self.stages = panes.lattice_pane, panes.lattice, panes.lattice_pane.stages
        self.answer, self.text, self.conditions = panes.answer, panes.answer.text, panes.conditions
        self.queue, self.inspector, self.rows = panes.queue, panes.inspector, panes.rows
        self.save_lattice = panes.save_lattice
        self.files, self.pen_menu, self.revision = window.files, window.pen_menu, panes.revision

    @property
    def desk(self) -> Desk:
        """What is looked at."""
        return self.bench.desk

    @property
    def shows_cuts(self) -> bool:
        """Are the cuts on the sheet?"""
        return self.window.panes.shows_cuts

    @property
    def lattice_is_alone(self) -> bool:
        """Has the lattice the whole window?"""
        return self.window.panes.lattice_is_alone

    @property
    def cuts(self) -> CutEditor:
        """The cuts on the sheet that is looked at."""
        return self.window.panes.cuts

    def draw(self, *places: Point) -> None:
        """A stroke with the mouse, in pixels of the canvas."""
        canvas = self.canvas
        points = [QPoint(round(x), round(y)) for x, y in places]
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[0])
        for point in points[1:]:
            QTest.mouseMove(canvas, point)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[-1])

    def draw_number(self, digits: int = 3, top: float = 60) -> None:
        """A line of some upright strokes."""
        for digit in range(digits):
            self.draw(*((60 + 70 * digit + step, top + 12 * step) for step in range(8)))

    def pen(self, kind: QEvent.Type, at: Point, pressure: float = 0.5, eraser: bool = False) -> bool:
        """A tablet event on the canvas; was it accepted?"""
        canvas = self.canvas
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

    def pen_stroke(self, places: Sequence[Point], pressures: Sequence[float] = (), eraser: bool = False) -> None:
        """A whole stroke with the tablet."""
        pressures = pressures or [0.5] * len(places)
        self.pen(QEvent.Type.TabletPress, places[0], pressures[0], eraser)
        for place, pressure in zip(places[1:], pressures[1:], strict=True):
            self.pen(QEvent.Type.TabletMove, place, pressure, eraser)
        self.pen(QEvent.Type.TabletRelease, places[-1], 0.0, eraser)

    def touch(self, *places: Point, lift: bool = True) -> None:
        """What the system makes of a finger, or of a palm, on the canvas: mouse events of a touch screen."""
        canvas = self.canvas
        screen = QPointingDevice(
            *("screen", 9, QInputDevice.DeviceType.TouchScreen, QPointingDevice.PointerType.Finger),
            *(QInputDevice.Capability.Position, 5, 1, "", QPointingDeviceUniqueId()),
        )
        kinds = [QEvent.Type.MouseButtonPress, *[QEvent.Type.MouseMove] * (len(places) - 1)]
        events = [
            *zip(kinds, places, strict=True),
            *([(QEvent.Type.MouseButtonRelease, places[-1])] if lift else []),
        ]
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

    def wheel(self, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, view: QWidget | None = None) -> None:
        """A notch of the mouse's wheel over a view, usually the canvas, with a key held or none."""
        at = QPointF(100, 100)
        event = QWheelEvent(
            *(at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, held),
            *(Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(view or self.canvas, event)

    def do(self, action: str) -> None:
        """Use a command of the menus."""
        self.command(action).trigger()

    def command(self, name: str) -> QAction:
        """A command of the menus."""
        return self.commands[name]

    def inspect(self, kind: type[P]) -> P:
        """Go to a page of the inspector."""
        page = self.inspector.findChild(kind)
        assert page is not None
        self.inspector.tabs.setCurrentWidget(page)
        return page

    def status(self) -> str:
        return self.window.statusBar().words.text()

    def lines_counted(self) -> str:
        """How far the bar of lines is; empty where there is none."""
        bar = self.window.statusBar().lines
        return f"{bar.value()} of {bar.maximum()}" if bar.isVisible() else ""

    def press(self, text: str) -> None:
        """Press a button of the window by its words."""

        def seen() -> list[QPushButton]:
            return [b for b in self.window.findChildren(QPushButton) if b.text() == text and b.isVisible()]

        self.qtbot.waitUntil(lambda: bool(seen()), timeout=60000)
        QTest.mouseClick(seen()[0], Qt.MouseButton.LeftButton)

    def open(self, path: Path) -> None:
        """Open a file and wait until that has ended."""
        self.open_all([path])
        self.qtbot.waitUntil(lambda: not self.bench.opener.busy, timeout=60000)

    def open_all(self, paths: Sequence[Path]) -> None:
        """Open files or folders, and go on at once."""
        self.window.files.open(list(paths))

    def save(self, path: Path) -> None:
        """Save the ink and wait until that has ended."""
        with self.qtbot.waitSignal(self.bench.keeper.saved, timeout=60000):
            self.bench.save(path)

    def wait_for_answer(self) -> str:
        """Wait until what is on the sheet was read; the text in large letters."""
        self.qtbot.waitUntil(
            lambda: not self.bench.opener.busy and self.desk.answer is not None and not self.desk.stale, timeout=60000
        )
        return self.shown_text()

    def shown_text(self) -> str:
        return self.text.text()

    def page_shown(self) -> str:
        """Which page of the paper is looked at, where that is told."""
        page = self.window.statusBar().page
        return page.text() if page.isVisible() else ""

    def verdict(self) -> str:
        return self.answer.verdict.text()

    def notice(self) -> str:
        return self.notices.sentence.text() if self.notices.isVisible() else ""

    def shapes(self) -> Sequence[ArcShape]:
        layout = self.lattice.layout_now
        assert layout is not None
        return layout.arcs

    def place_of(self, arc: int) -> QPoint:
        """The middle of an arc's card in the lattice."""
        card = self.shapes()[arc].card
        assert card is not None
        return QPoint(round(card.left + card.width / 2), round(card.top + card.height / 2))

    def point_at_arc(self, arc: int) -> None:
        QTest.mouseMove(self.lattice, self.place_of(arc) + QPoint(1, 1))
        QTest.mouseMove(self.lattice, self.place_of(arc))

    def click_arc(self, arc: int) -> None:
        QTest.mouseClick(self.lattice, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.place_of(arc))

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
            QApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)
