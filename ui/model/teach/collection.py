"""The corrections that a user has made, with their ink: kept in one file, which is written anew after every change.

Programs that run at the same time share the file: whoever writes leaves in it what another has added, and out of it what another
has taken away, since it was last looked at.
"""

import hashlib
import io
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from recognizer.errors import InputError
from recognizer.files import set_aside, write_file
from ui.language import tr
from ui.model.lock import Lock

if TYPE_CHECKING:
    from recognizer.ink import Ink

PATIENCE = 10.0  # s for which another program may write
BROKEN = ".broken"  # ends the name of a file that could not be read; it is set aside, never written over


@dataclass(frozen=True, eq=False)
class Correction:
    """One word: its ink, what it was read as ("" where nobody has read it), and what it should be."""

    ink: "Ink"
    read: str
    wanted: str


class Collection(QObject):
    """All corrections, the latest last. Reading and writing happen in a thread of their own, in the order of the changes."""

    changed = Signal()
    _loaded = Signal(object)

    def __init__(self, path: Path, on_error: Callable[[BaseException], None]) -> None:
        super().__init__()
        self.path, self._on_error = path, on_error
        self.corrections: tuple[Correction, ...] = ()
        self._known = False  # has the file been read?
        self._lock = Lock(path)
        # What was in the file when it was last looked at, but for what others have added since it was read.
        self._ours: set[bytes] = set()
        self._written: tuple[os.stat_result, dict[bytes, Correction]] | None = (
            None  # by us, and the file as it was then
        )
        self._taken: set[bytes] = set()  # what others have taken out of it
        self._unwritten = False
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="corrections")
        self._loaded.connect(self._on_loaded)

    def load(self) -> None:
        """Begin to read the file."""
        self._worker.submit(self._load)

    def replace(self, corrections: tuple[Correction, ...]) -> None:
        """Other corrections from now on."""
        self.corrections = corrections
        if self._known:
            self._worker.submit(self._write, corrections)
        self.changed.emit()

    def add(self, correction: Correction) -> None:
        """One more."""
        self.replace((*self.corrections, correction))

    def remove(self, correction: Correction) -> None:
        """One less, if it is there."""
        self.replace(tuple(each for each in self.corrections if each is not correction))

    def close(self) -> None:
        """Finish writing; what could not be written is tried once more."""
        self._worker.submit(self._retry)
        self._worker.shutdown()

    def _retry(self) -> None:
        if self._unwritten:
            self._write(self.corrections)

    def _load(self) -> None:
        found: tuple[Correction, ...] = ()
        try:
            found = self._read()
        except Exception as error:
            self._on_error(error)
        self._ours = set(map(_key, found))
        self._loaded.emit(found)

    def _read(self) -> tuple[Correction, ...]:
        """What the file holds; one that is damaged is set aside and told. Raises OSError, and InputError where the disk fails."""
        if not self.path.exists():
            return ()
        try:
            with suppress(InputError):
                return read_corrections(self.path)
            return read_corrections(self.path)  # it is damaged if it is so twice: a disk may have failed for a moment
        except InputError as error:
            if isinstance(error.__context__, OSError):
                raise
            set_aside(self.path, BROKEN)
            self._on_error(error)
            return ()

    def _on_loaded(self, found: tuple[Correction, ...]) -> None:
        self._known = True
        if self.corrections:  # made while the file was read
            self.replace((*found, *self.corrections))
        else:
            self.corrections = found
            self.changed.emit()

    def _found(self) -> dict[bytes, Correction]:
        """What the file holds, which is read only where another program has written it."""
        if self._written is not None:
            with suppress(OSError):
                if _same_file(self._written[0], self.path.stat()):
                    return self._written[1]
        return {_key(each): each for each in self._read()}

    def _write(self, corrections: tuple[Correction, ...]) -> None:
        self._unwritten = True
        try:
            if not self._lock.take(PATIENCE):
                raise InputError(tr("Another Inklattice keeps {name} from being written.", name=self.path.name))
            found = self._found()
            self._taken |= self._ours - found.keys()
            ours = {key: each for key, each in ((_key(each), each) for each in corrections) if key not in self._taken}
            others = [each for key, each in found.items() if key not in self._ours | ours.keys()]
            write_file(self.path, packed_corrections((*others, *ours.values())), private=True)
            self._written = self.path.stat(), {**{_key(each): each for each in others}, **ours}
            self._ours = set(ours)
            self._unwritten = False
        except Exception as error:
            self._on_error(error)
        finally:
            self._lock.leave()


def _key(correction: Correction) -> bytes:
    """What tells a correction from others, before it was written as after."""
    from recognizer.training.data.inksets import packed

    arrays = packed([correction.ink], [correction.wanted], [correction.read])
    return hashlib.sha256(b"\0".join(array.tobytes() for array in arrays.values())).digest()


def _same_file(one: os.stat_result, other: os.stat_result) -> bool:
    """Has nobody written it between? Whoever writes puts another file in its place."""
    return (one.st_ino, one.st_mtime_ns, one.st_size) == (other.st_ino, other.st_mtime_ns, other.st_size)


def packed_corrections(corrections: tuple[Correction, ...]) -> bytes:
    """A set of ink as recipes and `evaluate` take it, and what was read."""
    import numpy as np

    from recognizer.training.data.inksets import packed

    arrays = packed([c.ink for c in corrections], [c.wanted for c in corrections], ["me"] * len(corrections))
    stream = io.BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays, read=np.array([c.read for c in corrections], str))
    return stream.getvalue()


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections of a file. Raises InputError."""
    import numpy as np

    from recognizer.training.data.inksets import FINE, ink_of, load_inkset_with

    inkset, beside = load_inkset_with(path, ["read"])
    read = beside.get("read", np.full(len(inkset), ""))
    if read.shape != inkset.labels.shape or read.dtype.kind != "U":
        raise InputError(tr("{name} is damaged: what was read and what it should be do not agree.", name=path.name))
    return tuple(
        Correction(ink_of(inkset, k).scaled(1 / FINE), str(read[k]), str(inkset.labels[k])) for k in range(len(inkset))
    )
