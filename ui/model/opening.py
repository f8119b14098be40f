"""Opening files and pasted pictures off the GUI thread."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from recognizer.files import is_ink
from ui.model.documents.files import digest_of
from ui.model.ink.document import Content, content_of
from ui.model.ink.geometry import of_usual_size
from ui.model.ink.journal import is_journal, read_journal

if TYPE_CHECKING:
    import numpy as np

    from recognizer.page import Page

Source = Path | bytes | Callable[[], bytes]  # a file, or what would be in it, or a way to get that off the GUI thread

SMALL = 2048  # px: no further halving below this


@dataclass(frozen=True)
class OpenedInk:
    """An InkML file."""

    name: str
    path: Path | None
    content: Content
    usual: Content  # the same, as large as a pen of this sheet writes
    whole: bool = True  # False: parts of it could not be read and are left out


@dataclass(frozen=True)
class OpenedPages:
    """A picture or document; ``halvings`` of each page are the same page at 1/2, 1/4, ... of the size, for display."""

    name: str
    pages: "tuple[Page, ...]"
    halvings: "tuple[tuple[np.ndarray, ...], ...]"
    unread: str = ""  # why the pages are to be looked at only
    digest: str = ""  # of what the file holds; empty: that is not known


def halvings(grey: "np.ndarray", small: int = SMALL) -> "tuple[np.ndarray, ...]":
    """``grey`` (H, W) uint8 and its halvings by mean of 2 x 2 until both sides are at most ``small``."""
    import numpy as np

    made = [grey]
    while max(made[-1].shape) > small and min(made[-1].shape) > 1:
        last = made[-1][: made[-1].shape[0] // 2 * 2, : made[-1].shape[1] // 2 * 2]
        rows = (last[0::2].astype(np.uint16) + last[1::2]) if len(last) else last
        made.append(((rows[:, 0::2] + rows[:, 1::2]) // 4).astype(np.uint8))
    return tuple(made)


def open_source(source: Source, name: str, on_page: Callable[[int, int], None]) -> OpenedInk | OpenedPages:
    """Open an InkML file, or a picture or document from a path or bytes. Raises InputError, OSError, Cancelled."""
    if not isinstance(source, Path | bytes):
        source = source()
    if isinstance(source, Path) and is_journal(source):
        kept, whole = read_journal(source)
        return _opened(name, source, kept, whole)
    if is_ink(source):
        from recognizer.ink import read_labelled_inkml

        content = content_of(*read_labelled_inkml(source))
        return _opened(name, source if isinstance(source, Path) else None, content)
    from recognizer.page import load_pages

    pages = tuple(load_pages(source, on_page=on_page))
    return OpenedPages(name, pages, tuple(halvings(page.grey) for page in pages), digest=digest_of(source))


def _opened(name: str, path: Path | None, content: Content, whole: bool = True) -> OpenedInk:
    usual = of_usual_size(content)
    for stroke in usual.strokes:
        stroke.box  # noqa: B018 (found now, so that the window need not)
    return OpenedInk(name, path, content, usual, whole)


class Opener(QObject):
    """Opens one thing at a time; a newer one, or the user, cancels the older."""

    started = Signal(str)  # name
    progress = Signal(int, int)  # pages done, pages in all
    opened = Signal(object)  # OpenedInk or OpenedPages
    failed = Signal(str, object)  # name, exception
    finished = Signal()
    _ended = Signal(object, str, object)  # the token of the opening, name, what came of it

    def __init__(self) -> None:
        super().__init__()
        self._current: threading.Event | None = None
        self._ended.connect(self._take)

    @property
    def busy(self) -> bool:
        """Is something being opened?"""
        return self._current is not None

    def open(self, source: Source, name: str) -> None:
        """Begin to open; one of the signals tells how it ended."""
        self.cancel()
        self._current = cancelled = threading.Event()
        self.started.emit(name)
        threading.Thread(target=self._run, args=(source, name, cancelled), name="opening", daemon=True).start()

    def cancel(self) -> None:
        """What is being opened is not wanted any more."""
        if self._current is not None:
            self._current.set()
            self._current = None
            self.finished.emit()

    def _run(self, source: Source, name: str, cancelled: threading.Event) -> None:
        from recognizer.errors import Cancelled

        def on_page(done: int, total: int) -> None:
            if cancelled.is_set():
                raise Cancelled
            self.progress.emit(done, total)

        came: object
        try:
            came = open_source(source, name, on_page)
        except Cancelled:
            return
        except Exception as error:
            came = error
        self._ended.emit(cancelled, name, came)

    def _take(self, token: threading.Event, name: str, came: object) -> None:
        """In the GUI thread: tell what came, unless it was cancelled meanwhile."""
        if token.is_set():
            return
        self._current = None
        self.finished.emit()
        if isinstance(came, Exception):
            self.failed.emit(name, came)
        else:
            self.opened.emit(came)
