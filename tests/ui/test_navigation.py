"""Wheel, touchpad, pinch and middle button move a viewport."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.model.viewport import Placement, Viewport
from ui.navigation import PAN_PER_NOTCH, ZOOM_PER_NOTCH, Navigation, after_wheel

AT = QPointF(40, 30)
NONE = Qt.KeyboardModifier.NoModifier


def wheel(angle: int, pixels: QPoint | None = None, modifiers: Qt.KeyboardModifier = NONE) -> QWheelEvent:
    return QWheelEvent(
        *(AT, AT, pixels or QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton, modifiers),
        *(Qt.ScrollPhase.NoScrollPhase, False),
    )


def test_a_mouse_wheel_scrolls_and_with_control_zooms_at_the_pointer(qtbot: QtBot) -> None:
    placed = after_wheel(Placement(), wheel(120, modifiers=Qt.KeyboardModifier.ControlModifier))
    assert placed.scale == pytest.approx(ZOOM_PER_NOTCH)
    assert placed.to_source(40, 30) == pytest.approx((40, 30))
    assert after_wheel(Placement(), wheel(-120)) == Placement(1, 0, -PAN_PER_NOTCH)
    assert after_wheel(Placement(), wheel(-120), sideways=True) == Placement(1, -PAN_PER_NOTCH, 0)


def test_a_touchpad_pans_and_control_makes_it_zoom(qtbot: QtBot) -> None:
    assert after_wheel(Placement(), wheel(24, QPoint(3, -5))) == Placement(1, 3, -5)
    assert after_wheel(Placement(), wheel(24, QPoint(3, 5), Qt.KeyboardModifier.ControlModifier)).scale > 1


def test_shift_and_wheel_pan_sideways(qtbot: QtBot) -> None:
    placed = after_wheel(Placement(), wheel(-120, modifiers=Qt.KeyboardModifier.ShiftModifier))
    assert placed.scale == 1
    assert placed.left < 0


def test_a_widget_with_navigation(qtbot: QtBot) -> None:
    widget, viewport = QWidget(), Viewport()
    qtbot.addWidget(widget)
    widget.resize(200, 100)
    widget.show()
    navigation = Navigation(widget, lambda: viewport)
    pinch = QNativeGestureEvent(
        *(Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, AT, AT, AT),
        *(0.5, QPointF()),
    )
    QApplication.sendEvent(widget, pinch)
    assert viewport.placement.scale == pytest.approx(1.5)
    before = viewport.placement
    QTest.mousePress(widget, Qt.MouseButton.MiddleButton, NONE, QPoint(10, 10))
    QTest.mouseMove(widget, QPoint(30, 15))
    QTest.mouseRelease(widget, Qt.MouseButton.MiddleButton, NONE, QPoint(30, 15))
    assert viewport.placement == before.moved(20, 5)
    QTest.keyPress(widget, Qt.Key.Key_Space)
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, NONE, QPoint(30, 15))
    QTest.mouseMove(widget, QPoint(10, 10))
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, NONE, QPoint(10, 10))
    assert viewport.placement == before
    QTest.keyRelease(widget, Qt.Key.Key_Space)
    viewport.place(before.moved(20, 5))
    QTest.keyClick(widget, Qt.Key.Key_Right)
    assert viewport.placement == before.moved(20 - PAN_PER_NOTCH, 5)
    navigation.zoom(2)
    assert viewport.placement.scale == pytest.approx(3)
    assert not navigation.eventFilter(widget, QEvent(QEvent.Type.Enter))
