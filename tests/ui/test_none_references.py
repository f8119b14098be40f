"""PySide6 6.12.0 on Python 3.11 loses a reference to None on every call that returns nothing, and dies after some thousands."""

import sys

from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QPainterPath
from pytestqt.qtbot import QtBot

CALLS = 2000


def test_calls_that_return_nothing_leave_none_alone(qtbot: QtBot) -> None:
    thing, path = QObject(), QPainterPath(QPointF(0, 0))
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("a")
        path.lineTo(1, 1)
    assert sys.getrefcount(None) > before - CALLS / 2
