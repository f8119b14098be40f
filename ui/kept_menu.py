"""The menu of ink that was kept: of ended sessions, and the last versions of sheets that were emptied or saved elsewhere."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QMenu, QWidget

from ui.language import tr
from ui.model.workbench import Workbench, delete
from ui.problems import Offer

MOST = 15  # shown


class KeptMenu(QMenu):
    """Filled when it is opened."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(tr("Recovered in&k"), parent)
        self._bench = bench
        self.aboutToShow.connect(self.fill)
        self.addAction(tr("None")).setEnabled(False)

    def fill(self) -> None:
        """Look what there is now."""
        self.clear()
        keeper = self._bench.keeper
        files = sorted([*keeper.left_over(), *keeper.earlier()], reverse=True)
        for path in files[:MOST]:
            self.addAction(_title(path)).triggered.connect(partial(self._restore, path))
        if not files:
            self.addAction(tr("None")).setEnabled(False)
            return
        self.addSeparator()
        self.addAction(tr("&Delete all\u2026")).triggered.connect(lambda: self._offer_to_delete(files))

    def _restore(self, path: Path, _checked: bool = False) -> None:
        self._bench.restore(path)

    def _offer_to_delete(self, files: list[Path]) -> None:
        sheets = tr("one sheet") if len(files) == 1 else tr("{count} sheets", count=len(files))
        choices = ((tr("Delete"), lambda: delete(files)), (tr("Keep"), lambda: None))
        self._bench.offered.emit(Offer(tr("Delete the recovered ink of {sheets} for good?", sheets=sheets), choices))


def _title(path: Path) -> str:
    """When it was written."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(path.stat().st_mtime)), "d MMMM yyyy, HH:mm:ss")
