"""Everything that the program remembers between starts: one table of keys, types and defaults."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QByteArray, QSettings

from recognizer.files import make_private

T = TypeVar("T")

KEPT_IN_FILES = (".conf", ".ini")  # as Qt calls its own; other platforms have stores that no one else can read


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One remembered value; the type is said at every reading because QSettings forgets it between processes."""

    key: str
    type: type[T]
    default: T
    within: tuple[float, float] | None = None  # of numbers: the least and the greatest that mean something


APPEARANCE = Setting("view/appearance", str, "system")
LANGUAGE = Setting("view/language", str, "system")
WELCOMED = Setting("window/welcomed", bool, False)
GEOMETRY = Setting("window/geometry", QByteArray, QByteArray())
COLUMNS = Setting("window/columns", QByteArray, QByteArray())
ROWS = Setting("window/rows", QByteArray, QByteArray())
LATTICE = Setting("window/lattice", bool, True)  # is it shown below the sheet?
INSPECTED = Setting("window/inspected", int, 0, (0, 100))  # page beside the lattice
FOLDER = Setting("files/folder", str, "")
RECENT = Setting("files/recent", str, "[]")  # paths as JSON, newest first
PEN_WIDTH = Setting("ink/pen_width", float, 3.0, (0.1, 100.0))  # px at full pressure and 100 %
PEN_COLOUR = Setting("ink/pen_colour", str, "")  # as #rrggbb; empty: that of ink
RULED = Setting("ink/ruled", bool, False)
MAX_ERROR = Setting("documents/max_error", float, 0.01, (0.0, 1.0))  # share of wrong answers that is put up with
INK_READS = Setting("reading/reads", str, "text")
INK_SYSTEM = Setting("reading/system", str, "best")
INK_LANGUAGE = Setting("reading/language", str, "english")
INK_LEXICON = Setting("reading/lexicon", str, "")
INK_PERSONAL = Setting("reading/personal", str, "")
MODEL = Setting("reading/model", str, "")
COUNTRY = Setting("reading/country", str, "")  # that amounts are written as in; empty: any


class Settings:
    """Typed access to the store of the platform, or to a file in tests."""

    def __init__(self, store: QSettings) -> None:
        self._store = store
        path = Path(store.fileName())
        if path.suffix in KEPT_IN_FILES:  # which Qt would let everybody read: they name what was opened
            with suppress(OSError):
                make_private(path)

    def get(self, setting: Setting[T]) -> T:
        """The remembered value, or the default where there is none, or it is not of the type or means nothing."""
        try:
            value = self._store.value(setting.key, setting.default, type=setting.type)
        except (TypeError, ValueError, OverflowError):
            return setting.default
        if not isinstance(value, setting.type):
            return setting.default
        if setting.within is None or (
            isinstance(value, int | float) and setting.within[0] <= value <= setting.within[1]
        ):
            return value
        return setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Remember a value."""
        self._store.setValue(setting.key, value)

    def flush(self) -> None:
        """Write to the disk now."""
        self._store.sync()
