"""What a window has of teaching: the teacher, and its windows, each open once at most."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QWidget

from ui.model.teach.teacher import Teacher, learn
from ui.model.workbench import Workbench
from ui.teach.dialog import TeachDialog
from ui.teach.wizard import Wizard
from ui.theme.theme import Theme


class Teaching:
    """Opens the windows; deferred, since nothing opens inside the handler of a pen."""

    def __init__(
        self, bench: Workbench, theme: Theme, folder: Path, window: QWidget, save_amounts: Callable[[], None]
    ) -> None:
        self._save_amounts = save_amounts
        self._bench, self._theme, self._window = bench, theme, window
        self.teacher = Teacher(bench, folder, learn)
        self._open: dict[type[QDialog], QDialog] = {}

    def open(self) -> None:
        """What was corrected, and Teach."""
        dialog = self._open.get(TeachDialog)
        if dialog is None:
            dialog = TeachDialog(self._bench, self.teacher, self._theme, self._window)
            dialog.practise.connect(self.practise)
            dialog.amounts.clicked.connect(self._save_amounts)
        self._show(dialog)

    def practise(self) -> None:
        """Words to write, of letters that are confused."""
        dialog = self._open.get(Wizard)
        if dialog is None:
            dialog = Wizard(self._bench, self._theme, self._window)
            dialog.teach.connect(self.open)
        self._show(dialog)

    def close(self) -> None:
        """The window closes."""
        for dialog in list(self._open.values()):
            dialog.close()
        self.teacher.stop()

    def _show(self, dialog: QDialog) -> None:
        kind = type(dialog)
        if kind not in self._open:
            self._open[kind] = dialog
            # At once: it may be asked for again before it is gone.
            dialog.finished.connect(lambda _: self._open.pop(kind, None))
        QTimer.singleShot(0, dialog, lambda: _to_front(dialog))


def _to_front(dialog: QDialog) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
