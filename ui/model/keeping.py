"""Nothing is lost: the ink is written to the disk shortly after every change, and found again at the next start."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from ui.model.ink.document import Content, InkDocument

DELAY = 400  # ms after a change
RETRY = 5000  # ms after a failure
EARLIER = "~"  # ends the name of the last version of a file
PART_STROKES, PART_POINTS = 10_000, 100_000  # of one file, half of what can be read at once; more ink makes more files


def write_atomically(path: Path, data: bytes) -> None:
    """Put ``data`` into ``path`` so that a crash leaves either the old file or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".part")
    with half.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(half, path)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """The new name survives a power cut too, where the system knows how to promise that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def save_ink(path: Path, content: Content, pen_width: float = 0.0) -> None:
    """Write ink atomically, as what the file's ending says. Raises OSError, InputError."""
    from ui.model.ink.export import encoder_of

    write_atomically(path, encoder_of(path.suffix)(content, pen_width))


def keep_earlier(path: Path) -> None:
    """What is in the file now stays beside it, as its last version."""
    if path.exists():
        earlier = path.with_name(path.name + EARLIER)
        half = earlier.with_name(earlier.name + ".part")
        shutil.copy2(path, half)
        os.replace(half, earlier)


class Sheet:
    """The kept files of one sheet of ink and their lock; written in the keeper's thread only."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._name = folder, f"ink-{time.time_ns()}"
        self._lock = _lock_of(folder / self._name)

    def holds(self, path: Path) -> bool:
        """Is this one of the sheet's files?"""
        return _sheet_of(path) == self._name

    def write(self, content: Content) -> None:
        """Put the ink into the files; an empty sheet leaves its last version. Raises OSError, InputError."""
        parts = list(_parts(content))
        if parts:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.tryLock(0)
        for number, part in enumerate(parts):
            save_ink(self._path(number), part)
        for path in self._folder.glob(f"{self._name}*.inkml"):
            if path not in map(self._path, range(len(parts))):
                os.replace(path, path.with_name(path.name + EARLIER))

    def leave(self) -> None:
        """Nobody works on it any more: a later session may offer it."""
        self._lock.unlock()

    def _path(self, number: int) -> Path:
        return self._folder / (f"{self._name}_{number + 1}.inkml" if number else f"{self._name}.inkml")


def _parts(content: Content) -> Iterator[Content]:
    """The ink in parts that can be read again, each with the corrections of its own words."""
    strokes, points = 0, 0
    start = 0
    for end, stroke in enumerate(content.strokes):
        if end > start and (strokes + 1 > PART_STROKES or points + len(stroke.points) > PART_POINTS):
            yield content._replace(strokes=content.strokes[start:end])
            start, strokes, points = end, 0, 0
        strokes, points = strokes + 1, points + len(stroke.points)
    if start < len(content.strokes):
        yield content._replace(strokes=content.strokes[start:])


def _sheet_of(path: Path) -> str:
    return path.name.partition(".")[0].partition("_")[0]


def _lock_of(sheet: Path) -> QLockFile:
    lock = QLockFile(f"{sheet}.lock")
    lock.setStaleLockTime(0)
    return lock


def _is_free(path: Path) -> bool:
    sheet = path.with_name(_sheet_of(path))
    if not Path(f"{sheet}.lock").exists():
        return True
    lock = _lock_of(sheet)
    free = lock.tryLock(0)
    lock.unlock()
    return free


class InkKeeper(QObject):
    """Keeps this session's ink in files of its own, and finds what earlier sessions left. Deletes nothing unasked."""

    saved = Signal(object, object)  # path, and what went wrong or None
    _failed = Signal()

    def __init__(self, folder: Path, document: InkDocument, on_error: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._folder, self._document, self._on_error = folder, document, on_error
        self._sheet = Sheet(folder)
        self.failing = False  # could the ink not be kept the last time?
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="keeping")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._write)
        self._failed.connect(lambda: self._timer.start(RETRY))
        for signal in (document.changed, document.corrected):
            signal.connect(lambda: self._timer.start(DELAY))

    def left_over(self) -> list[Path]:
        """Files that ended sessions left, newest first; those of sessions that still run are not among them."""
        return self._found("ink-*.inkml")

    def earlier(self) -> list[Path]:
        """The last versions of sheets that were emptied, saved elsewhere or replaced, newest first."""
        return self._found(f"ink-*.inkml{EARLIER}")

    def _found(self, pattern: str) -> list[Path]:
        found = sorted(self._folder.glob(pattern), reverse=True)
        return [path for path in found if not self._sheet.holds(path) and _is_free(path)]

    def save_as(self, path: Path, pen_width: float) -> None:
        """Write the ink to a file of the user's, whose last version stays beside it; ``saved`` tells how it ended."""
        self._writer.submit(self._save_now, path, self._document.content, pen_width)

    def set_aside(self) -> None:
        """Keep the sheet as it is now for a later session, and go on with a new one."""
        self._timer.stop()
        self._write()
        self._writer.submit(self._sheet.leave)
        self._sheet = Sheet(self._folder)

    def take_over(self, old: Path) -> None:
        """The ink of ``old`` is on the canvas: keep it under this session's name, and only then is ``old`` an earlier version."""
        self._timer.stop()
        self._writer.submit(self._write_now, self._sheet, self._document.content, old)

    def close(self, saved: bool) -> None:
        """Write what is not written; ink that is ``saved`` elsewhere needs no offer at the next start."""
        self._failed.disconnect()
        self._timer.timeout.disconnect()  # a change that comes in while the window goes starts it again
        self._timer.stop()
        self._write()
        if saved:
            self._writer.submit(self._write_now, self._sheet, Content())
        self._writer.submit(self._sheet.leave)
        self._writer.shutdown()

    def _write(self) -> None:
        self._writer.submit(self._write_now, self._sheet, self._document.content)

    def _write_now(self, sheet: Sheet, content: Content, replaced: Path | None = None) -> None:
        """A failure is told once, and what failed is tried again."""
        try:
            sheet.write(content)
            if replaced is not None and not replaced.name.endswith(EARLIER):
                os.replace(replaced, replaced.with_name(replaced.name + EARLIER))
        except Exception as error:
            if not self.failing:
                self._on_error(error)
            self.failing = True
            self._failed.emit()
        else:
            self.failing = False

    def _save_now(self, path: Path, content: Content, pen_width: float) -> None:
        try:
            keep_earlier(path)
            save_ink(path, content, pen_width)
        except Exception as error:
            self.saved.emit(path, error)
            return
        self.saved.emit(path, None)
