"""What the window works on, without widgets: documents, desks, reading, opening, keeping. Changes flow from here to the views."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from ui.desk import Answer, Desk
from ui.ink.commands import ClearInk, ReplaceInk
from ui.ink.document import InkDocument, ink_of, strokes_of
from ui.keeping import InkKeeper, save_ink
from ui.opening import OpenedInk, OpenedPages, Opener, open_source
from ui.page.document import PageDocument
from ui.places import Places
from ui.problems import Offer, Problems, describe
from ui.readers import INK, PAGE
from ui.reading import Kind, ReadingService

DEBOUNCE = 60  # ms from the last change of the ink to its reading


class Workbench(QObject):
    """The state of one window."""

    kind_changed = Signal()
    status = Signal(str)
    offered = Signal(object)  # Offer
    ink_opened = Signal()

    def __init__(self, places: Places, kinds: Mapping[str, Kind], problems: Problems) -> None:
        super().__init__()
        self.problems = problems
        self.ink, self.undo, self.pages = InkDocument(), QUndoStack(), PageDocument()
        self.desks = {INK: Desk(INK), PAGE: Desk(PAGE)}
        self.kind = INK
        self.opener = Opener()
        self.reading = ReadingService(kinds)
        self.keeper = InkKeeper(places.data, self.ink, problems.report)
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE)
        self._debounce.timeout.connect(self._read_ink)
        self.ink.changed.connect(self._on_ink)
        self.pages.changed.connect(self._on_page)
        self.opener.opened.connect(self._on_opened)
        self.opener.failed.connect(self._on_open_failed)
        self.reading.loading.connect(lambda _kind: self.status.emit("Getting ready\u2026"))
        self.reading.ready.connect(lambda _kind: self.status.emit("Ready"))
        self.reading.stage.connect(lambda _kind, name: self.status.emit(f"Reading: {name}\u2026"))
        self.reading.answered.connect(self._on_answer)
        self.reading.failed.connect(self._on_failure)

    @property
    def desk(self) -> Desk:
        """The desk that is looked at."""
        return self.desks[self.kind]

    def look_at(self, kind: str) -> None:
        """Go to the ink or to the pages."""
        if kind != self.kind:
            self.kind = kind
            self.kind_changed.emit()

    def open(self, source: Path | bytes, name: str) -> None:
        """Open a file or pasted bytes off the GUI thread."""
        self.opener.open(source, name)

    def clear(self) -> None:
        """Empty the canvas."""
        if self.ink.strokes:
            self.undo.push(ClearInk(self.ink))

    def save(self, path: Path) -> None:
        """Save the ink as InkML."""
        try:
            save_ink(path, self.ink.strokes)
        except Exception as error:
            self.problems.report(error)
            return
        self.undo.setClean()
        self.status.emit(f"Saved as {path.name}")

    def offer_left_over(self) -> None:
        """Offer the ink of earlier sessions; the files stay until the user has decided."""
        files = self.keeper.left_over()
        if not files:
            return
        several = f" ({len(files)} sheets)" if len(files) > 1 else ""
        self.offered.emit(
            Offer(
                f"Ink from the last time was kept{several}.",
                (
                    ("Restore", lambda: self._restore(files)),
                    ("Delete", lambda: _delete(files)),
                    ("Not now", lambda: None),
                ),
            )
        )

    def close(self) -> None:
        """End the threads and keep the ink."""
        self._debounce.stop()
        self.undo.blockSignals(True)  # its destructor would speak to a window that is gone
        self.opener.cancel()
        self.keeper.close(saved=self.undo.isClean())
        self.reading.stop()

    def _restore(self, files: list[Path]) -> None:
        """Bring back the newest sheet; its file goes once this session has kept the ink under its own name."""
        newest = files[0]
        try:
            opened = open_source(newest, newest.name, lambda _done, _total: None)
        except Exception as error:
            self.problems.report(error)
            return
        if isinstance(opened, OpenedInk):
            self._show_ink(opened, "restore")
            self.keeper.replace_file(newest)

    def _show_ink(self, opened: OpenedInk, text: str) -> None:
        self.look_at(INK)
        self.undo.push(ReplaceInk(self.ink, strokes_of(opened.ink), text))
        self.ink_opened.emit()

    def _on_opened(self, opened: OpenedInk | OpenedPages) -> None:
        if isinstance(opened, OpenedInk):
            self._show_ink(opened, f"open {opened.name}")
        else:
            self.look_at(PAGE)
            self.pages.show(opened)

    def _on_open_failed(self, name: str, error: BaseException) -> None:
        self.status.emit(f"{name} was not opened")
        self.problems.report(error)

    def _on_ink(self) -> None:
        self.reading.cancel(INK)
        if self.ink.strokes:
            self.desks[INK].expect()
            self._debounce.start()
        else:
            self._debounce.stop()
            self.desks[INK].show_nothing()

    def _read_ink(self) -> None:
        try:
            self.reading.ask(INK, ink_of(self.ink.strokes))
        except Exception as error:
            self._on_failure(INK, error)

    def _on_page(self) -> None:
        self.reading.cancel(PAGE)
        self.desks[PAGE].show_nothing("Reading\u2026")
        if self.pages.page is not None:
            self.reading.ask(PAGE, self.pages.page)

    def _on_answer(self, kind: str, answer: Answer) -> None:
        self.desks[kind].show(answer)
        self.status.emit(f"Read in {answer.reading.seconds * 1000:.0f} ms")

    def _on_failure(self, kind: str, error: BaseException) -> None:
        """Blank or unreadable input is told in place of the answer; anything else also in the bar."""
        from recognizer.errors import InputError

        self.desks[kind].show_nothing(describe(error).sentence)
        self.status.emit("Not read")
        if not isinstance(error, InputError):
            self.problems.report(error)


def _delete(files: list[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)


def png_of(image: object) -> bytes:
    """A QImage from the clipboard as PNG, so that it takes the same way as a file."""
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage

    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImage(image).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())
