"""Which program of several on one home works on a file: known by the system, so that a lock ends with whoever holds it."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from recognizer.files import make_folder

if TYPE_CHECKING:
    from filelock import BaseFileLock


class Lock:
    """Of a file, held by nobody at first. It takes no place on the disk beyond a name, so that a full one does not matter."""

    def __init__(self, path: Path) -> None:
        self._file = path.with_name(f"{path.name}.lock")
        self._lock: BaseFileLock | None = None

    def take(self, wait: float = 0.0) -> bool:
        """Take it within so many seconds; is it ours now? Raises OSError."""
        if self._lock is not None:
            return True
        from filelock import FileLock, Timeout

        make_folder(self._file.parent, private=True)
        lock = FileLock(self._file, thread_local=False, mode=0o600)
        try:
            lock.acquire(timeout=wait)
        except Timeout:
            return False
        self._lock = lock
        return True

    def leave(self) -> None:
        """Others may have it."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def forget(self) -> None:
        """Leave it, and the file that it is of is gone: nobody will ask for it again."""
        self.leave()
        with suppress(OSError):
            self._file.unlink(missing_ok=True)


def is_free(path: Path) -> bool:
    """Does no program work on this file?"""
    lock = Lock(path)
    try:
        return lock.take()
    except OSError:  # a folder that cannot be written, which nobody works in
        return True
    finally:
        lock.leave()
