"""Nothing is lost: the ink is written to the disk shortly after every change, and found again at the next start."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from ui.ink.document import InkDocument, Stroke

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


def save_ink(path: Path, strokes: tuple[Stroke, ...], pen_width: float = 0.0) -> None:
    """Write strokes atomically, as what the file's ending says. Raises OSError, InputError."""
    from ui.ink.export import encoder_of

    write_atomically(path, encoder_of(path.suffix)(strokes, pen_width))


class Sheet:
    """One kept file and its lock; written in the keeper's thread only."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"ink-{time.time_ns()}.inkml"
        self._lock = _lock_of(self.path)

    def write(self, strokes: tuple[Stroke, ...]) -> None:
        """Put ``strokes`` into the file; an empty sheet has none. Raises OSError, InputError."""
        if not strokes:
            self.path.unlink(missing_ok=True)
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._lock.tryLock(0)
        save_ink(self.path, strokes)

    def leave(self) -> None:
        """Nobody works on it any more: a later session may offer it."""
        self._lock.unlock()


def _lock_of(path: Path) -> QLockFile:
    lock = QLockFile(f"{path}.lock")
    lock.setStaleLockTime(0)
    return lock


class InkKeeper(QObject):
    """Keeps this session's ink in a file of its own, and finds what earlier sessions left."""

    saved = Signal(object, object)  # path, and what went wrong or None

    def __init__(self, folder: Path, document: InkDocument, on_error: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._folder, self._document, self._on_error = folder, document, on_error
        self._sheet = Sheet(folder)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="keeping")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self._write)
        document.changed.connect(self._timer.start)

    def left_over(self) -> list[Path]:
        """Files that ended sessions left, newest first; those of sessions that still run are not among them."""
        found = sorted(self._folder.glob("ink-*.inkml"), reverse=True)
        return [path for path in found if path != self._sheet.path and _is_free(path)]

    def save_as(self, path: Path, pen_width: float) -> None:
        """Write the ink to a file of the user's; ``saved`` tells how it ended."""
        self._writer.submit(self._save_now, path, self._document.strokes, pen_width)

    def set_aside(self) -> None:
        """Keep the sheet as it is now for a later session, and go on with a new one."""
        self._timer.stop()
        self._write()
        self._writer.submit(self._sheet.leave)
        self._sheet = Sheet(self._folder)

    def take_over(self, old: Path) -> None:
        """The ink of ``old`` is on the canvas: keep it under this session's name, and only then delete ``old``."""
        self._timer.stop()
        self._writer.submit(self._write_now, self._sheet, self._document.strokes, old)

    def close(self, saved: bool) -> None:
        """Write what is not written; ink that is ``saved`` elsewhere needs no keeping."""
        self._timer.stop()
        self._writer.submit(self._write_now, self._sheet, () if saved else self._document.strokes)
        self._writer.submit(self._sheet.leave)
        self._writer.shutdown()

    def _write(self) -> None:
        self._writer.submit(self._write_now, self._sheet, self._document.strokes)

    def _write_now(self, sheet: Sheet, strokes: tuple[Stroke, ...], replaced: Path | None = None) -> None:
        try:
            sheet.write(strokes)
            if replaced is not None:
                replaced.unlink(missing_ok=True)
        except Exception as error:
            self._on_error(error)

    def _save_now(self, path: Path, strokes: tuple[Stroke, ...], pen_width: float) -> None:
        try:
            save_ink(path, strokes, pen_width)
        except Exception as error:
            self.saved.emit(path, error)
            return
        self.saved.emit(path, None)


def _is_free(path: Path) -> bool:
    lock = _lock_of(path)
    free = lock.tryLock(0)
    lock.unlock()
    return free
