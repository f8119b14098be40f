"""Undo and Redo where a reading is revised."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.model.revision import Revision


class UndoKeys(QObject):
    """Installed on a view: while it has the focus, the keys are the revision's as far as that has something to undo or redo."""

    def __init__(self, view: QWidget, revision: Revision) -> None:
        super().__init__(view)
        self._revision = revision
        view.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the keys before the window does."""
        if not isinstance(event, QKeyEvent) or not self._revision.knows(event):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            undo = event.matches(QKeySequence.StandardKey.Undo)
            (self._revision.undo if undo else self._revision.redo)()
            return True
        return False
