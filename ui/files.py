"""Opening and saving, as a person asks for it: by dialogs, by a drop, by pasting."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from recognizer.files import printable
from ui.language import tr
from ui.locations import SAMPLES
from ui.model.memory_file import png_of
from ui.model.workbench import Workbench
from ui.recent import remember
from ui.settings import FOLDER, Settings

OPENED = tr("Pictures, documents and ink (*.png *.jpg *.jpeg *.tif *.tiff *.pdf *.inkml *.xml);;All files (*)")
SAVED = "InkML (*.inkml);;SVG (*.svg);;PNG (*.png);;PDF (*.pdf)"
RESULTS = "CSV (*.csv);;JSON (*.json)"


class Files:
    """Dialogs are deferred and not blocking: none must ever begin inside the handler of a pen."""

    def __init__(self, bench: Workbench, settings: Settings, window: QWidget) -> None:
        self._bench, self._settings, self._window = bench, settings, window

    def open(self, paths: list[Path]) -> None:
        """Open a file; several, or a folder, are read one after the other in the background."""
        if len(paths) == 1 and paths[0].parent != SAMPLES:
            remember(self._settings, paths[0])
        if len(paths) == 1 and not paths[0].is_dir():
            self._bench.open(paths[0], printable(paths[0].name))
        elif paths:
            self._bench.open_many(paths)

    def take_in(self, data: QMimeData, name: str) -> bool:
        """Open what was pasted or dropped; was there anything?"""
        if data.hasUrls():
            self.open([Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()])
        elif data.hasImage():
            self._bench.open(partial(png_of, QImage(data.imageData())), name)
        return data.hasUrls() or data.hasImage()

    def choose(self) -> None:
        """Ask for files, and open them."""
        self._ask(tr("Open"), QFileDialog.FileMode.ExistingFiles, self._open_chosen, OPENED)

    def choose_folder(self) -> None:
        """Ask for a folder, and open what is in it."""
        self._ask(tr("Open a folder of documents"), QFileDialog.FileMode.Directory, self._open_chosen)

    def show_in_folder(self, file: Path) -> None:
        """The system shows the folder that a file is in."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))

    def save_ink(self) -> None:
        """Ask where, and save the ink."""
        self.save(tr("Save ink"), SAVED, "inkml", self._bench.save)

    def save_results(self) -> None:
        """Ask where, and save the results of the queue."""
        self.save(tr("Save the results"), RESULTS, "csv", self._bench.save_results)

    def save_labelled(self) -> None:
        """Ask for a new folder, and save the amounts to train on."""
        title = tr("A new folder for amounts to train on")
        self._ask(title, QFileDialog.FileMode.Directory, lambda paths: self._bench.save_labelled(paths[0]))

    def save(self, title: str, kinds: str, suffix: str, save: Callable[[Path], object]) -> None:
        """Ask where to save something of some kinds of files, usually with this ``suffix``."""
        dialog = self._ask(title, QFileDialog.FileMode.AnyFile, lambda paths: save(paths[0]), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind.rpartition("*.")[2].rstrip(")")))

    def _ask(
        self, title: str, mode: QFileDialog.FileMode, then: Callable[[list[Path]], object], kinds: str = ""
    ) -> QFileDialog:
        dialog = QFileDialog(self._window, title, self._settings.get(FOLDER), kinds)
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QTimer.singleShot(0, dialog.open)
        return dialog

    def _open_chosen(self, paths: list[Path]) -> None:
        self._settings.set(FOLDER, str(paths[0].parent))
        self.open(paths)
