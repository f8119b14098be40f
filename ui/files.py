"""Opening and saving, as a person asks for it: by dialogs, by a drop, by pasting."""

from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from recognizer.errors import InputError
from recognizer.files import printable
from ui.language import tr
from ui.locations import SAMPLES
from ui.model.choice import OWN_FILES, with_file
from ui.model.ink.export import print_ink
from ui.model.memory_file import png_of
from ui.model.readers import INK
from ui.model.workbench import Workbench
from ui.recent import remember
from ui.settings import FOLDER, Settings

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

OPENED = tr(
    "Pictures, documents and ink (*.png *.jpg *.jpeg *.tif *.tiff *.webp *.heic *.heif *.bmp *.pdf *.inkml *.xml);;\
Models and lexicons to read with (*.safetensors *.tsv *.txt *.gz);;All files (*)"
)
SAVED = "InkML (*.inkml);;SVG (*.svg);;PNG (*.png);;PDF (*.pdf)"
MOST_OF_ADDRESS = 80  # characters that are shown of it
RESULTS = "CSV (*.csv);;JSON (*.json)"


class Files:
    """Dialogs are deferred and not blocking: none must ever begin inside the handler of a pen."""

    def __init__(self, bench: Workbench, settings: Settings, window: QWidget) -> None:
        self._bench, self._settings, self._window = bench, settings, window

    def open(self, paths: list[Path]) -> None:
        """Open a file; several, or a folder, are read one after the other in the background."""
        if len(paths) == 1 and paths[0].suffix.lower() in OWN_FILES and paths[0].is_file():
            self.read_with(paths[0])
            return
        if len(paths) == 1 and paths[0].parent != SAMPLES:
            remember(self._settings, paths[0])
        if len(paths) == 1 and not paths[0].is_dir():
            self._bench.open(paths[0], printable(paths[0].name))
        elif paths:
            self._bench.open_many(paths)

    def read_with(self, path: Path) -> None:
        """Read with a model or a lexicon of the user's from now on."""
        try:
            self._bench.choose(with_file(self._bench.choice, path))
        except InputError as error:
            self._bench.problems.report(error, of_file=True)
            return
        name = printable(path.name)
        self._bench.status.emit(tr("Read with {name} from now on; the menu Reading takes it back.", name=name))

    def take_in(self, data: QMimeData, name: str) -> bool:
        """Open what was pasted or dropped; was there anything? A browser gives a picture and the address that it is from."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        written_out = next(filter(None, map(picture_in, data.urls())), None)
        if files:
            self.open(files)
        elif data.hasImage():
            self._bench.open(partial(png_of, QImage(data.imageData())), name)
        elif written_out is not None:
            self._bench.open(written_out, name)
        elif data.hasUrls():
            address = data.urls()[0].toDisplayString()
            address = address if len(address) <= MOST_OF_ADDRESS else f"{address[:MOST_OF_ADDRESS]}\u2026"
            self._bench.status.emit(
                tr("Nothing is fetched from {address}: save it first, and open the file.", address=address)
            )
        return data.hasUrls() or data.hasImage()

    def choose(self) -> None:
        """Ask for files, and open them."""
        self._ask(tr("Open"), QFileDialog.FileMode.ExistingFiles, self.open, OPENED)

    def choose_folder(self) -> None:
        """Ask for a folder, and open what is in it."""
        self._ask(tr("Open a folder of documents"), QFileDialog.FileMode.Directory, self.open)

    def show_in_folder(self, file: Path) -> None:
        """The system shows the folder that a file is in."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))

    def save_ink(self) -> None:
        """Save the ink in its file; where it has none, ask where."""
        if self._bench.file is None:
            self.save_ink_as()
        else:
            self._bench.save(self._bench.file)

    def save_ink_as(self) -> None:
        """Ask where, and save the ink."""
        dialog = self.save(tr("Save ink"), SAVED, "inkml", tr("Untitled"), self._bench.save)
        if self._bench.file is not None:
            dialog.selectFile(str(self._bench.file))

    def save_text(self) -> None:
        """Ask where and how, and save the text."""
        kinds = {
            tr("Text, line by line (*.txt)"): False,
            tr("Text, lines joined (*.txt)"): True,
            tr("Markdown, line by line (*.md)"): False,
            tr("Markdown, lines joined (*.md)"): True,
        }
        chosen = [False]
        file = self._bench.file
        name = file.stem if file is not None and self._bench.current.kind == INK else Path(self._bench.pages.name).stem
        dialog = self.save(
            *(tr("Save text"), ";;".join(kinds), "txt", name or tr("Untitled")),
            lambda path: self._bench.save_text(path, chosen[0]),
        )
        dialog.filterSelected.connect(lambda kind: chosen.__setitem__(0, kinds.get(kind, False)))

    def print_ink(self) -> None:
        """Ask on which printer, and print the ink."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        QTimer.singleShot(0, dialog.open)

    def print_on(self, printer: "QPrinter") -> None:
        """Print the ink."""
        print_ink(printer, self._bench.ink.strokes)
        self._bench.status.emit(tr("Sent to {printer}", printer=printer.printerName() or printer.outputFileName()))

    def save_results(self) -> None:
        """Ask where, and save the results of the queue."""
        self.save(tr("Save the results"), RESULTS, "csv", tr("results"), self._bench.save_results)

    def save_labelled(self) -> None:
        """Ask for a new folder, and save the amounts to train on."""
        title = tr("A new folder for amounts to train on")
        self._ask(title, QFileDialog.FileMode.Directory, lambda paths: self._bench.save_labelled(paths[0]))

    def save_lines(self) -> None:
        """Ask for a new folder, and save the corrected lines of the page to train on."""
        title = tr("A new folder for lines to train on")
        self._ask(title, QFileDialog.FileMode.Directory, lambda paths: self._bench.page_text.save_lines(paths[0]))

    def save(self, title: str, kinds: str, suffix: str, name: str, save: Callable[[Path], object]) -> QFileDialog:
        """Ask where to save something of some kinds of files, usually with this ``suffix``, perhaps under this ``name``."""
        dialog = self._ask(title, QFileDialog.FileMode.AnyFile, lambda paths: save(paths[0]), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(name)  # the kind that is chosen gives it its ending
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind.rpartition("*.")[2].rstrip(")")))
        return dialog

    def _ask(
        self, title: str, mode: QFileDialog.FileMode, then: Callable[[list[Path]], object], kinds: str = ""
    ) -> QFileDialog:
        dialog = QFileDialog(self._window, title, self._settings.get(FOLDER), kinds)
        dialog.setFileMode(mode)

        def go_on(names: list[str]) -> None:
            self._settings.set(FOLDER, str(Path(names[0]).parent))
            then([Path(name) for name in names])

        dialog.filesSelected.connect(go_on)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QTimer.singleShot(0, dialog.open)
        return dialog


def picture_in(address: QUrl) -> bytes | None:
    """The picture that an address holds itself, as pages write small ones (RFC 2397)."""
    head, comma, body = bytes(address.toEncoded().data()).partition(b",")
    if not comma or not head.lower().startswith(b"data:image/"):
        return None
    held = unquote_to_bytes(body)
    with suppress(ValueError):
        return b64decode(held) if head.lower().endswith(b";base64") else held
    return None
