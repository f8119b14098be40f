"""Nothing is lost: the ink is written to the disk shortly after every change, and found again at the next start."""

import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from ui.ink.document import InkDocument, Stroke, ink_of

DELAY = 400  # ms after a change


def write_atomically(path: Path, data: bytes) -> None:
    """Put ``data`` into ``path`` so that a crash leaves either the old file or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".part")
    with half.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(half, path)


def save_ink(path: Path, strokes: tuple[Stroke, ...]) -> None:
    """Write strokes as InkML, atomically. Raises OSError."""
    from recognizer.ink import write_inkml

    write_atomically(path, write_inkml(ink_of(strokes)))


class InkKeeper(QObject):
    """Keeps this session's ink in a file of its own, and finds what earlier sessions left."""

    saved = Signal(object, object)  # path, and what went wrong or None

    def __init__(self, folder: Path, document: InkDocument, on_error: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._folder, self._document, self._on_error = folder, document, on_error
        self._path = folder / f"ink-{time.time_ns()}.inkml"
        self._lock = QLockFile(str(self._path) + ".lock")
        self._lock.setStaleLockTime(0)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="keeping")
        self._last: Future[None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=DELAY)
        self._timer.timeout.connect(self._write)
        document.changed.connect(self._timer.start)

    def left_over(self) -> list[Path]:
        """Files that ended sessions left, newest first; those of sessions that still run are not among them."""
        found = sorted(self._folder.glob("ink-*.inkml"), reverse=True)
        return [path for path in found if path != self._path and self._is_free(path)]

    @staticmethod
    def _is_free(path: Path) -> bool:
        lock = QLockFile(str(path) + ".lock")
        lock.setStaleLockTime(0)
        free = lock.tryLock(0)
        lock.unlock()
        return free

    def save_as(self, path: Path) -> None:
        """Write the ink to a file of the user's; ``saved`` tells how it ended."""
        self._writer.submit(self._save_now, path, self._document.strokes)

    def _save_now(self, path: Path, strokes: tuple[Stroke, ...]) -> None:
        try:
            save_ink(path, strokes)
        except Exception as error:
            self.saved.emit(path, error)
            return
        self.saved.emit(path, None)

    def replace_file(self, old: Path) -> None:
        """Keep the ink in this session's file now, and only then delete ``old``."""
        self._timer.stop()
        self._write()
        self._writer.submit(self._delete_if_kept, old)

    def _delete_if_kept(self, old: Path) -> None:
        if self._path.exists():
            old.unlink(missing_ok=True)

    def close(self, saved: bool) -> None:
        """Write what is not written; ink that is empty or ``saved`` elsewhere needs no keeping."""
        self._timer.stop()
        if self._document.strokes and not saved:
            self._write()
        self._writer.shutdown()
        if not self._document.strokes or saved:
            self._path.unlink(missing_ok=True)
        self._lock.unlock()

    def _write(self) -> None:
        if self._last is not None:
            self._last.cancel()
        self._last = self._writer.submit(self._write_now, self._document.strokes)

    def _write_now(self, strokes: tuple[Stroke, ...]) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.tryLock(0)
            save_ink(self._path, strokes)
        except Exception as error:
            self._on_error(error)
