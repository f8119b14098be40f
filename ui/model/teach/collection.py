"""The corrections that a user has made, with their ink: kept in one file, which is written anew after every change."""

import io
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.model.keeping import write_atomically

if TYPE_CHECKING:
    from recognizer.ink import Ink

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
        """Finish writing."""
        self._worker.shutdown()

    def _load(self) -> None:
        found: tuple[Correction, ...] = ()
        try:
            if self.path.exists():
                found = read_corrections(self.path)
        except Exception as error:
            self._on_error(error)
            os.replace(self.path, self.path.with_name(self.path.name + BROKEN))
        self._loaded.emit(found)

    def _on_loaded(self, found: tuple[Correction, ...]) -> None:
        self._known = True
        if self.corrections:  # made while the file was read
            self.replace((*found, *self.corrections))
        else:
            self.corrections = found
            self.changed.emit()

    def _write(self, corrections: tuple[Correction, ...]) -> None:
        try:
            write_atomically(self.path, packed_corrections(corrections))
        except Exception as error:
            self._on_error(error)


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

    from recognizer.training.data.inksets import FINE, ink_of, load_inkset

    inkset = load_inkset(path)
    with np.load(path, allow_pickle=False) as arrays:
        read = arrays["read"].tolist() if "read" in arrays else [""] * len(inkset)
    return tuple(
        Correction(ink_of(inkset, k).scaled(1 / FINE), read[k], str(inkset.labels[k])) for k in range(len(inkset))
    )
