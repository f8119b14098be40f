"""Nothing is lost: the ink is written to the disk shortly after every change, and found again at the next start."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from recognizer.files import write_file
from ui.model.ink.document import Content, InkDocument
from ui.model.ink.journal import ENDING, InkJournal
from ui.model.lock import Lock, is_free

DELAY = 400  # ms from the first change that is not kept, whatever comes after it
RETRY = 5000  # ms after a failure
EARLIER = "~"  # ends the name of the last version of a file
INKML = ".inkml"  # of files that were saved over, and of sheets that earlier versions of the program kept


def save_ink(path: Path, content: Content) -> None:
    """Write ink, whole or not at all, as what the file's ending says. Raises OSError, InputError."""
    from ui.model.ink.export import encoder_of

    write_file(path, encoder_of(path.suffix)(content))


def keep_earlier(path: Path) -> None:
    """What is in a file of the program's own now stays beside it, as its last version."""
    if path.exists():
        write_file(path.with_name(path.name + EARLIER), path.read_bytes(), private=True)


class KeptInk:
    """The kept file of one sheet of ink and its lock."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"ink-{time.time_ns()}{ENDING}"
        self._lock = Lock(self.path)
        self._journal = InkJournal(self.path)

    def write(self, content: Content) -> None:
        """Put the ink into the file; an empty sheet leaves its last version. Raises OSError, InputError."""
        if content.strokes:
            self._lock.take()
            self._journal.write(content)
        else:
            self._journal.retire(self.path.with_name(self.path.name + EARLIER))

    def settle(self) -> bool:
        """See that a power cut does not matter either; did that come about? Raises OSError."""
        return self._journal.settle()

    def leave(self) -> None:
        """Nobody works on it any more: a later session may offer it."""
        self._lock.forget()


class InkKeeper(QObject):
    """Keeps this session's ink in a file of its own, and finds what earlier sessions left. Deletes nothing unasked.

    One thread writes, so that ink is in the system's hands; another waits for the disk, which may be busy for seconds.
    """

    saved = Signal(object, object)  # path, and what went wrong or None
    _failed = Signal()

    def __init__(self, folder: Path, document: InkDocument, on_error: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._folder, self._document, self._on_error = folder, document, on_error
        self._kept = KeptInk(folder)
        self.failing = False  # could the ink not be kept the last time?
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="keeping")
        self._settler = ThreadPoolExecutor(1, thread_name_prefix="settling")
        self._saver = ThreadPoolExecutor(1, thread_name_prefix="saving")  # where a disk of the user's may be slow
        self._writing: Future[None] | None = None
        self._own: set[Path] = set()  # files of the user's that hold what this session has saved
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        self._failed.connect(lambda: self._timer.start(RETRY))
        for signal in (document.changed, document.corrected):
            signal.connect(self._expect)

    def left_over(self) -> list[Path]:
        """Files that ended sessions left, newest first; those of sessions that still run are not among them."""
        return self._found(ENDING, INKML)

    def earlier(self) -> list[Path]:
        """The last versions of sheets that were emptied or replaced, and of files that were saved over, newest first."""
        return self._found(EARLIER)

    def _found(self, *endings: str) -> list[Path]:
        files = [path for ending in endings for path in self._folder.glob(f"ink-*{ending}")]
        found = {path: path.with_name(path.name.removesuffix(EARLIER)) for path in files}
        free = [path for path, kept in found.items() if kept != self._kept.path and is_free(kept)]
        return sorted(free, reverse=True)

    def save_as(self, path: Path) -> None:
        """Write the ink to a file of the user's; ``saved`` tells how it ended. Ink that another program wrote into it is kept."""
        self._saver.submit(self._save_now, path, self._document.content)

    def set_aside(self) -> None:
        """Keep the sheet as it is now for a later session, and go on with a new one."""
        self._timer.stop()
        self._write()
        self._leave()
        self._kept = KeptInk(self._folder)

    def take_over(self, old: Path) -> None:
        """The ink of ``old`` is on the canvas: keep it under this session's name, and only then is ``old`` an earlier version."""
        self._timer.stop()
        self._write(old)

    def flush(self) -> None:
        """Write what is not written, and wait until it is on the disk."""
        self._timer.stop()
        self._write().result()
        self._settler.submit(self._settle_now, self._kept).result()

    def close(self, saved: bool) -> None:
        """Write what is not written; ink that is ``saved`` elsewhere needs no offer at the next start."""
        self._failed.disconnect()
        self._timer.timeout.disconnect()  # a change that comes in while the window goes starts it again
        self._timer.stop()
        self._write()
        if saved:
            self._writer.submit(self._write_now, self._kept, Content())
        self._leave()
        self._saver.shutdown()
        self._writer.shutdown()
        self._settler.shutdown()

    def _expect(self) -> None:
        """A change is to be kept; one that follows does not put it off."""
        if not self._timer.isActive():
            self._timer.start(DELAY)

    def _on_time(self) -> None:
        """On a disk that is slow, changes are written together."""
        if self._writing is not None and not self._writing.done():
            self._timer.start(DELAY)
        else:
            self._write()

    def _write(self, replaced: Path | None = None) -> "Future[None]":
        self._writing = self._writer.submit(self._write_now, self._kept, self._document.content, replaced)
        return self._writing

    def _write_now(self, kept: KeptInk, content: Content, replaced: Path | None = None) -> None:
        with self._retried():
            kept.write(content)
            if replaced is not None and not replaced.name.endswith(EARLIER):
                kept.settle()
                os.replace(replaced, replaced.with_name(replaced.name + EARLIER))
            self._settler.submit(self._settle_now, kept)

    def _settle_now(self, kept: KeptInk) -> None:
        with self._retried():
            if kept.settle():
                self.failing = False

    def _leave(self) -> None:
        """When all of it is written and settled."""
        self._writer.submit(self._settler.submit, self._leave_now, self._kept)

    def _leave_now(self, kept: KeptInk) -> None:
        self._settle_now(kept)
        kept.leave()

    @contextmanager
    def _retried(self) -> Iterator[None]:
        """A failure is told once, and what failed is tried again."""
        try:
            yield
        except Exception as error:
            if not self.failing:
                self._on_error(error)
            self.failing = True
            self._failed.emit()

    def _save_now(self, path: Path, content: Content) -> None:
        try:
            if path.suffix.lower() == INKML and path.is_file() and path not in self._own:
                write_file(self._folder / f"ink-{time.time_ns()}{INKML}{EARLIER}", path.read_bytes(), private=True)
            save_ink(path, content)
        except Exception as error:
            self.saved.emit(path, error)
            return
        self._own.add(path)
        self.saved.emit(path, None)
